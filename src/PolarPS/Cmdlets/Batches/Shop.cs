namespace PolarPS.Commands;

/// <summary>Which shop a cmdlet works in: what a file belongs to that another run goes on with.</summary>
internal static class Shop
{
    /// <summary>The environment and the organization of a cmdlet's connection. Operation organizations:list, where it names none.</summary>
    /// <returns>The organization's id; several, joined by commas, for a user's token that reaches several.</returns>
    /// <exception cref="CmdletEndedException">It cannot be found out; the error has been written.</exception>
    public static (string Environment, string Organization) Of(PolarCmdlet cmdlet)
    {
        var connection = cmdlet.UsedConnection;
        if (connection.OrganizationId is { } known)
        {
            return (connection.Environment, known);
        }

        var reached = new List<string>();
        cmdlet.Try(
            new ErrorSubject("organization"),
            () =>
                cmdlet.ForEachPage(
                    cmdlet.Client.Organizations.List().ReadPagesAsync(cmdlet.StopToken),
                    page => reached.AddRange(page.Items.Select(static item => item.Id).OfType<string>())
                )
        );
        // A file that belongs to nothing could be continued anywhere.
        return reached.Count > 0
            ? (connection.Environment, string.Join(",", reached.OrderBy(static id => id, StringComparer.Ordinal)))
            : throw new CmdletEndedException();
    }
}

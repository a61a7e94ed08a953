using System.Text.RegularExpressions;

namespace PolarPS.Commands;

/// <summary>Advice for sellers made into advice for customers, who have other cmdlets, and fewer.</summary>
internal static class PortalAdvice
{
    private static readonly Regex Sentences = new(@"(?<=\.)\s+(?=[A-Z])", RegexOptions.CultureInvariant);
    private static readonly Regex Commands = new(@"\b([A-Z][a-z]+)-Polar(\w+)", RegexOptions.CultureInvariant);

    /// <summary>
    /// The text with the names of the portal's cmdlets, and without the sentences that name cmdlets of which the portal has none.
    /// </summary>
    /// <param name="text">For sellers; null for none.</param>
    /// <returns>null where nothing is left.</returns>
    public static string? Of(string? text)
    {
        if (text is null || !Commands.IsMatch(text))
        {
            return text;
        }

        var kept = Sentences
            .Split(text)
            .Where(sentence => Commands.Matches(sentence).Cast<Match>().All(IsForCustomers))
            .Select(static sentence => Commands.Replace(sentence, static command => NameOf(command)));
        var advice = string.Join(" ", kept);
        return advice.Length > 0 ? advice : null;
    }

    private static bool IsForCustomers(Match command) =>
        NameOf(command) != command.Value || CmdletTypes.Find(command.Value) is not { } type || !IsForSellers(type);

    // Those that call Polar, and are not for both sides; what is about this session alone is for everyone.
    private static bool IsForSellers(Type cmdlet) =>
        typeof(PolarCmdlet).IsAssignableFrom(cmdlet)
        && !typeof(IEitherSideCmdlet).IsAssignableFrom(cmdlet)
        && !typeof(IPortalOpener).IsAssignableFrom(cmdlet)
        && Sides.Of(cmdlet) == PolarSide.Seller;

    private static string NameOf(Match command)
    {
        var own = $"{command.Groups[1].Value}-PolarPortal{command.Groups[2].Value}";
        return CmdletTypes.Find(own) is null ? command.Value : own;
    }
}

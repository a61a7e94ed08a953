using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>
/// Tests a connection: the owner of the token, the environment, and the problem if there is one. Operation organizations:list, for a customer's
/// connection customer_portal:customer-session:get_authenticated_user. What it writes holds no secret and can be pasted anywhere.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PolarConnection")]
[OutputType(typeof(PolarConnectionTest), typeof(bool))]
public sealed class TestPolarConnectionCommand : PolarCmdlet, IEitherSideCmdlet
{
    /// <summary>The connection to try, or its name; without it the one selected, or the environment variables.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PolarConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public override PolarConnection? Connection { get; set; }

    /// <summary>Writes only whether it works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    internal override void ProcessInput()
    {
        ForgetConnection();
        if (FindProblem() is { } problem)
        {
            Answer(problem);
            return;
        }

        try
        {
            var result = Look();
            WriteObject(Quiet ? result.Works : result);
        }
        catch (Exception exception) when (Quiet && exception is not PipelineStoppedException)
        {
            // Whatever keeps it from being tried, a connection that works it is not.
            WriteVerbose(exception.Message);
            WriteObject(false);
        }
    }

    // Its own ProcessRecord looks at -Connection: an answer is asked for, not an end.
    internal override void CheckConnection() { }

    private ErrorRecord? FindProblem()
    {
        if (Connection is not null)
        {
            return Connection.Problem;
        }

        try
        {
            var resolution = ConnectionStore.Resolve();
            return resolution.Connection is { HasEnded: false } ? null : ErrorRecords.NotConnected(resolution);
        }
        catch (ArgumentException exception)
        {
            return ErrorRecords.BadVariables(exception);
        }
    }

    private void Answer(ErrorRecord problem)
    {
        if (Quiet)
        {
            WriteVerbose(problem.ToString());
            WriteObject(false);
        }
        else
        {
            WriteError(problem);
        }
    }

    private PolarConnectionTest Look()
    {
        var watch = Stopwatch.StartNew();
        var result = new PolarConnectionTest(UsedConnection);
        try
        {
            if (UsedConnection.Side == PolarSide.Customer)
            {
                result.Customer = Await(Client.Portal.Session.GetAuthenticatedUserAsync).ToString();
            }
            else
            {
                var organizations = Await(FirstOrganizationsAsync);
                result.Organizations = [.. organizations.Select(organization => organization.ToString())];
            }

            result.Works = true;
            result.Problem = null;
        }
        catch (PolarException exception)
        {
            var record = ErrorRecords.From(exception, new ErrorSubject("organization"), this);
            result.Problem = exception.Message;
            result.Advice = record.ErrorDetails.RecommendedAction;
            result.ErrorId = record.FullyQualifiedErrorId;
            result.Works = exception is PolarPermissionException { ScopeMissing: true };
        }

        result.DurationMilliseconds = watch.ElapsedMilliseconds;
        return result;
    }

    private Task<IReadOnlyList<Organization>> FirstOrganizationsAsync(CancellationToken cancellationToken) =>
        Client.Organizations.List(new OrganizationQuery { First = 10 }).ReadFirstPageAsync(cancellationToken);
}

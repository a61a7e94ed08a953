using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Receives events as they come: on a port of this computer, verified, or without one, from Polar's list of deliveries. Operations
/// webhooks:list_webhook_deliveries and webhooks:list_webhook_endpoints, with -FromDelivery only.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "PolarWebhook", DefaultParameterSetName = PortSet)]
[OutputType(typeof(WebhookEvent))]
public sealed class ReceivePolarWebhookCommand : PolarCmdlet
{
    private const string PortSet = "Port";
    private const string DeliverySet = "Delivery";

    /// <summary>The port to listen on; 0 for any that is free, which -Verbose shows.</summary>
    [Parameter(
        ParameterSetName = PortSet,
        Mandatory = true,
        Position = 0,
        HelpMessage = "Port of this computer, such as 8080; 0 for any that is free"
    )]
    [WholeNumber]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>
    /// The secret of the endpoint, or several of which one has to be right. With -ForwardTo, what forwarded events are signed with.
    /// </summary>
    [Parameter(
        ParameterSetName = PortSet,
        Mandatory = true,
        Position = 1,
        HelpMessage = "Secret of the endpoint, which starts with whsec_ or polar_whs_"
    )]
    [Parameter(ParameterSetName = DeliverySet)]
    [WebhookSecret]
    [ValidateNotNullOrEmpty]
    public SecureString[]? Secret { get; set; }

    /// <summary>The address to listen on; without it this computer's own, which no other reaches.</summary>
    [Parameter(ParameterSetName = PortSet)]
    [ValidateNotNullOrEmpty]
    public string? Listen { get; set; }

    /// <summary>The names by which the port is reached, such as that of a tunnel; *.example.com for all below one.</summary>
    [Parameter(ParameterSetName = PortSet)]
    [ValidateNotNullOrEmpty]
    public string[]? AllowedHost { get; set; }

    /// <summary>How many seconds ago a delivery can have been signed at most, or how many seconds in the future.</summary>
    [Parameter(ParameterSetName = PortSet)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    public int ToleranceSeconds { get; set; } = 300;

    /// <summary>After how long a delivery is answered with 503, as a number of seconds; the handler goes on, and its outcome is kept.</summary>
    [Parameter(ParameterSetName = PortSet)]
    [Duration(MinimumSeconds = 0.1, MaximumSeconds = 600)]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Listens on no port, and reads Polar's list of deliveries instead.</summary>
    [Parameter(
        ParameterSetName = DeliverySet,
        Mandatory = true,
        HelpMessage = "Reads deliveries from Polar, and listens on no port"
    )]
    public SwitchParameter FromDelivery { get; set; }

    /// <summary>The endpoints whose deliveries are read; without it all.</summary>
    [Parameter(ParameterSetName = DeliverySet)]
    [PolarId(typeof(WebhookEndpoint))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [ValidateNotNullOrEmpty]
    [Alias("Endpoint")]
    public string[]? EndpointId { get; set; }

    /// <summary>Also takes deliveries from this time on; without it only those that come from now on.</summary>
    [Parameter(ParameterSetName = DeliverySet)]
    [Instant]
    public DateTimeOffset Since { get; set; }

    /// <summary>How often deliveries are read, as a number of seconds.</summary>
    [Parameter(ParameterSetName = DeliverySet)]
    [Duration(MinimumSeconds = 0.1, MaximumSeconds = 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Sends each event on to this address, signed again: https, or http on this computer.</summary>
    [Parameter(ParameterSetName = DeliverySet)]
    [WebhookTarget]
    [ValidateNotNullOrEmpty]
    public string? ForwardTo { get; set; }

    /// <summary>Handles one event, which is $_. Without it events are written.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Process { get; set; }

    /// <summary>Ends after so many events.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, long.MaxValue)]
    public long First { get; set; }

    /// <summary>Ends after this time, as a number of seconds or a TimeSpan.</summary>
    [Parameter]
    [Duration(MinimumSeconds = 0.1, MaximumSeconds = 2_000_000)]
    public TimeSpan Timeout { get; set; }

    /// <summary>Also raises an event of PowerShell under this name, for Register-EngineEvent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceIdentifier { get; set; }

    /// <summary>The file that remembers which events were handled; without it the memory ends with the command.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    internal override void ProcessInput()
    {
        using var memory = OpenMemory();
        var intake = new WebhookIntake(this, Process, SourceIdentifier, IsBound(nameof(First)) ? First : null);
        var watch = new WebhookWatch(this);
        if (memory.Unfinished.Count > 0)
        {
            WriteWarning(
                $"The last receiver ended while it was handling {string.Join(", ", memory.Unfinished)}. Whether that was done is not known; "
                    + "if Polar delivers it again, it is handled again."
            );
        }

        if (FromDelivery)
        {
            Try(
                new ErrorSubject("endpoint", null),
                () =>
                    new WebhookPolling(this, intake, watch)
                    {
                        EndpointIds = EndpointId,
                        Since = IsBound(nameof(Since)) ? Since : memory.ReadUntil,
                        Interval = Interval,
                        Timeout = Limit,
                        ForwardTo = ForwardTo,
                        Secret = Secret is null ? null : WebhookSecretAttribute.Texts(Secret).First(),
                        Memory = memory,
                    }.Run()
            );
            return;
        }

        Receive(memory, intake, watch);
    }

    private TimeSpan Limit => IsBound(nameof(Timeout)) ? Timeout : System.Threading.Timeout.InfiniteTimeSpan;

    private WebhookMemory OpenMemory()
    {
        if (StatePath is null)
        {
            return new WebhookMemory();
        }

        var path = FilePaths.FullPathOf(this, StatePath);
        try
        {
            return path is null
                ? throw new InvalidDataException($"'{StatePath}' is not a path of the file system.")
                : WebhookMemory.Open(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            ThrowTerminatingError(ErrorRecords.WebhookState(exception, StatePath));
            throw;
        }
    }

    private void Receive(WebhookMemory memory, WebhookIntake intake, WebhookWatch watch)
    {
        var settings = new WebhookListenerSettings(Listen, Port, AllowedHost ?? []);
        if (settings.ParsedAddress is null || (!settings.IsLoopback && settings.AllowedHosts.Count == 0))
        {
            ThrowTerminatingError(ErrorRecords.WebhookListen(Listen, settings.ParsedAddress is not null));
        }

        var receiver = new WebhookReceiver(
            Verifier(),
            intake.HandleAsync,
            new WebhookReceiverOptions
            {
                ResponseTimeout = ResponseTimeout,
                Memory = memory,
                Answered = watch.Tell,
            }
        );
        using var listener = Open(receiver, settings, watch);
        try
        {
            WriteVerbose($"Waiting for deliveries at {listener.Address}");
            Await(token => Task.WhenAny(intake.End, Task.Delay(Limit, token)));
        }
        finally
        {
            intake.Close();
            // The last answers are still to be sent; Ctrl+C does not wait for them.
            var patience = TimeSpan.FromMilliseconds(StopToken.IsCancellationRequested ? 300 : 2000);
            listener.CloseAsync(patience).Wait(patience + patience);
        }
    }

    private WebhookListener Open(WebhookReceiver receiver, WebhookListenerSettings settings, WebhookWatch watch)
    {
        try
        {
            return WebhookListener.Open(receiver, settings, watch.TellVerbose);
        }
        catch (IOException exception)
        {
            ThrowTerminatingError(ErrorRecords.WebhookPort(exception, Port));
            throw;
        }
    }

    private WebhookVerifier Verifier()
    {
        try
        {
            return new WebhookVerifier(WebhookSecretAttribute.Texts(Secret!), TimeSpan.FromSeconds(ToleranceSeconds));
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.BadWebhookSecret(exception));
            throw;
        }
    }
}

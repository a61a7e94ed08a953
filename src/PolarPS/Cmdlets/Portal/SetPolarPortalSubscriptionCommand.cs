namespace PolarPS.Commands;

/// <summary>
/// Changes the customer's own subscriptions, as far as the seller lets customers do so. Polar takes one kind of change at a time;
/// each has a parameter set. Operation customer_portal:subscriptions:update, which is never sent twice.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarPortalSubscription",
    DefaultParameterSetName = ProductSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(Subscription))]
public sealed class SetPolarPortalSubscriptionCommand : PolarWriteCmdlet<Subscription>, IPortalCmdlet
{
    private const string ProductSet = "Product";
    private const string SeatsSet = "Seats";
    private const string UnitsSet = "Units";
    private const string CancellationSet = "Cancellation";
    private const string PauseSet = "Pause";
    private const string ResumeSet = "Resume";
    private const string PendingSet = "PendingUpdate";

    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription), Strict = true, IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>The product to change to, or its id.</summary>
    [Parameter(ParameterSetName = ProductSet, Mandatory = true, HelpMessage = HelpMessages.Ids.Product)]
    [PolarId(typeof(Product), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("product_id")]
    public string Product { get; set; } = string.Empty;

    /// <summary>The number of seats from now on.</summary>
    [Parameter(ParameterSetName = SeatsSet, Mandatory = true, HelpMessage = HelpMessages.Count)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field]
    public int Seats { get; set; }

    /// <summary>The number of units from now on.</summary>
    [Parameter(ParameterSetName = UnitsSet, Mandatory = true, HelpMessage = HelpMessages.Count)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field]
    public int Units { get; set; }

    /// <summary>Ends it with the current period; with :$false undoes that.</summary>
    [Parameter(ParameterSetName = CancellationSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    [Field]
    public SwitchParameter CancelAtPeriodEnd { get; set; }

    /// <summary>Why the customer leaves; $null if not said.</summary>
    [Parameter(ParameterSetName = CancellationSet)]
    [ArgumentCompleter(typeof(CancellationReasonCompleter))]
    [NullableText]
    [AllowNull]
    [Alias("Reason")]
    [Field]
    public object? CancellationReason { get; set; }

    /// <summary>What the customer says about it; $null for nothing.</summary>
    [Parameter(ParameterSetName = CancellationSet)]
    [NullableText]
    [AllowNull]
    [Alias("Comment")]
    [Field]
    public object? CancellationComment { get; set; }

    /// <summary>Pauses it when the current period ends; with :$false undoes that.</summary>
    [Parameter(ParameterSetName = PauseSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    [Field]
    public SwitchParameter PauseAtPeriodEnd { get; set; }

    /// <summary>When the pause ends automatically, after the end of the period; $null for until it is resumed.</summary>
    [Parameter(ParameterSetName = PauseSet)]
    [Instant(OrNull = true)]
    [AllowNull]
    [Field]
    public DateTimeOffset? ResumesAt { get; set; }

    /// <summary>Ends the pause now; a new period starts and is charged.</summary>
    [Parameter(ParameterSetName = ResumeSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    [Field]
    public SwitchParameter Resume { get; set; }

    /// <summary>Drops the change that waits for the next period.</summary>
    [Parameter(ParameterSetName = PendingSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter DiscardPendingUpdate { get; set; }

    internal override RowColumns Columns => RowColumns.All;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        // These two have no opposite.
        if ((ParameterSetName == ResumeSet && !Resume) || (ParameterSetName == PendingSet && !DiscardPendingUpdate))
        {
            Fail(ErrorRecords.NothingToChange(Subject(Id[0])));
            return;
        }

        ForEachConfirmed(
            Id,
            (client, id, token) => client.Portal.Subscriptions.GetAsync(id, token),
            Action,
            (client, id, token) => client.Portal.Subscriptions.UpdateAsync(id, Change(), token),
            WriteModel
        );
    }

    private PortalSubscriptionUpdate Change()
    {
        var change = Fill(new PortalSubscriptionUpdate());
        if (DiscardPendingUpdate)
        {
            change.PendingUpdate = null;
        }

        return change;
    }

    // How a difference is charged only the seller decides.
    private string Action(Subscription? item) =>
        ParameterSetName switch
        {
            SeatsSet => $"{SubscriptionText.ChangeSeats(item, Seats)}; {SubscriptionText.Proration(null, item)}",
            UnitsSet => $"{SubscriptionText.ChangeUnits(item, Units)}; {SubscriptionText.Proration(null, item)}",
            CancellationSet => CancelAtPeriodEnd ? SubscriptionText.Cancel(item) : SubscriptionText.Uncancel(item),
            PauseSet => PauseAtPeriodEnd ? SubscriptionText.Suspend(item, ResumesAt) : SubscriptionText.Unpause(item),
            ResumeSet => SubscriptionText.Resume(item),
            PendingSet => SubscriptionText.ClearPending(item, UsedConnection.Seen.LabelOf),
            _ => $"{SubscriptionText.ChangeProduct(item, LabelOfProduct())}; {SubscriptionText.Proration(null, item)}",
        };

    // Products are mostly the seller's objects, which this connection has not seen.
    private string LabelOfProduct() =>
        (UsedConnection.Seen.LabelOf(Product) ?? PipedNames.Find(Product)) is { } label ? $"'{label}'" : Product;
}

namespace PolarPS.Commands;

/// <summary>
/// Changes subscriptions. Polar takes one kind of change at a time; each has a parameter set, so that no others can be given
/// beside it. Operation subscriptions:update.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarSubscription",
    DefaultParameterSetName = DetailsSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Subscription))]
public sealed class SetPolarSubscriptionCommand : PolarWriteCmdlet<Subscription>, IMetadataEditor
{
    private const string DetailsSet = "Details";
    private const string EndTrialSet = "EndTrial";
    private const string SeatsSet = "Seats";
    private const string UnitsSet = "Units";
    private const string PeriodSet = "Period";

    /// <summary>The ids of subscriptions, or subscriptions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Subscription)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[] Id { get; set; } = [];

    /// <summary>The product to change to, or its id.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Parameter(ParameterSetName = EndTrialSet)]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("product_id")]
    public string? Product { get; set; }

    /// <summary>The discount from the next period on, or its id; $null for none.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Parameter(ParameterSetName = EndTrialSet)]
    [PolarId(typeof(Discount))]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [AllowNull]
    [Alias("DiscountId")]
    [Field("discount_id")]
    public object? Discount { get; set; }

    /// <summary>When the trial ends, in the future: begins a trial, or moves its end.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Instant]
    [Field]
    public DateTimeOffset TrialEnd { get; set; }

    /// <summary>Ends the trial now; the first period is charged immediately.</summary>
    [Parameter(ParameterSetName = EndTrialSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter EndTrialNow { get; set; }

    /// <summary>Your own keys and values, in place of those stored; empty for none.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Parameter(ParameterSetName = EndTrialSet)]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    /// <summary>Keys and values to add to those stored, or to change; the others stay.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Parameter(ParameterSetName = EndTrialSet)]
    [Entries]
    [ValidateNotNullOrEmpty]
    [Field("metadata")]
    public IDictionary? AddMetadata { get; set; }

    /// <summary>Keys to remove from those stored; the others stay.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Parameter(ParameterSetName = EndTrialSet)]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveMetadata { get; set; }

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

    /// <summary>What happens to the difference in price; without it what the organization has set.</summary>
    [Parameter(ParameterSetName = DetailsSet)]
    [Parameter(ParameterSetName = EndTrialSet)]
    [Parameter(ParameterSetName = SeatsSet)]
    [Parameter(ParameterSetName = UnitsSet)]
    [ArgumentCompleter(typeof(ProrationBehaviorCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? ProrationBehavior { get; set; }

    /// <summary>When the period that runs is to end, and the next to be charged.</summary>
    [Parameter(
        ParameterSetName = PeriodSet,
        Mandatory = true,
        HelpMessage = "Date or time in ISO 8601, such as 2027-01-31T12:00:00Z"
    )]
    [Instant]
    [Field]
    public DateTimeOffset CurrentBillingPeriodEnd { get; set; }

    private bool IsSettled => IsBound(nameof(Product)) || ParameterSetName is SeatsSet or UnitsSet;

    internal override RowColumns Columns => RowColumns.All;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (ParameterSetName is DetailsSet or EndTrialSet && !EndTrialNow && !Details().Any())
        {
            Fail(ErrorRecords.NothingToChange(Subject(Id[0])));
            return;
        }

        foreach (var id in Id)
        {
            Update(id);
        }
    }

    private void Update(string id)
    {
        Subscription? current = null;
        if (MetadataEdit.IsWanted)
        {
            Try(
                Subject(id),
                () =>
                {
                    current = Await(token => Client.Subscriptions.GetAsync(id, token));
                    Remember(current);
                }
            );
            if (current is null)
            {
                return;
            }
        }

        ForEachConfirmed(
            [id],
            (client, key, token) => client.Subscriptions.GetAsync(key, token),
            Action,
            (client, key, token) => client.Subscriptions.UpdateAsync(key, Change(current), token),
            WriteModel
        );
    }

    // How to settle a change is no change.
    private IEnumerable<string> Details() =>
        new[]
        {
            nameof(Product),
            nameof(Discount),
            nameof(TrialEnd),
            nameof(Metadata),
            nameof(AddMetadata),
            nameof(RemoveMetadata),
        }.Where(IsBound);

    private SubscriptionUpdate Change(Subscription? current)
    {
        switch (ParameterSetName)
        {
            case SeatsSet:
                return Fill(new SubscriptionUpdateSeats());
            case UnitsSet:
                return Fill(new SubscriptionUpdateUnits());
            case PeriodSet:
                return Fill(new SubscriptionUpdateBillingPeriod());
            default:
                var details = Fill(new SubscriptionUpdateDetails());
                MetadataEdit.Merge(current, details);
                if (EndTrialNow)
                {
                    details.EndTrialNow();
                }

                return details;
        }
    }

    private string Action(Subscription? item)
    {
        var changes = new List<string>();
        switch (ParameterSetName)
        {
            case SeatsSet:
                changes.Add(SubscriptionText.ChangeSeats(item, Seats));
                break;
            case UnitsSet:
                changes.Add(SubscriptionText.ChangeUnits(item, Units));
                break;
            case PeriodSet:
                changes.Add(SubscriptionText.MovePeriodEnd(item, CurrentBillingPeriodEnd));
                break;
            default:
                changes.AddRange(DetailTexts(item));
                break;
        }

        if (IsSettled)
        {
            changes.Add(SubscriptionText.Proration(ProrationBehavior, item));
        }

        return string.Join("; ", changes);
    }

    private IEnumerable<string> DetailTexts(Subscription? item)
    {
        if (IsBound(nameof(Product)))
        {
            yield return SubscriptionText.ChangeProduct(item, Label(Product!));
        }

        if (IsBound(nameof(Discount)))
        {
            yield return Discount is null
                ? "Remove the discount from the next period on"
                : $"Apply the discount {Label((string)Discount)} from the next period on";
        }

        if (IsBound(nameof(TrialEnd)))
        {
            yield return SubscriptionText.MoveTrialEnd(item, TrialEnd);
        }

        if (EndTrialNow)
        {
            yield return SubscriptionText.EndTrial(item);
        }

        if (MetadataEdit.IsWanted)
        {
            var text = MetadataEdit.ToString();
            yield return char.ToUpperInvariant(text[0]) + text.Substring(1);
        }

        if (IsBound(nameof(Metadata)))
        {
            var lost = item is null
                ? null
                : UpdateComparison.Of(item, Fill(new SubscriptionUpdateDetails())).Lost("metadata");
            yield return $"Set the metadata to {ValueText.Of(Metadata)}{LossText(lost)}";
        }
    }

    private string Label(string id) => UsedConnection.Seen.LabelOf(id) is { } label ? $"'{label}'" : id;
}

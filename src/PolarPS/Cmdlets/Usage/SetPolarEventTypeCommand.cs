namespace PolarPS.Commands;

/// <summary>Changes how kinds of events are labelled. Operation event-types:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarEventType", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EventType))]
public sealed class SetPolarEventTypeCommand : SetPolarCmdlet<EventType, EventTypeUpdate>
{
    /// <summary>The names or ids of kinds of events, or kinds of events.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.EventType)]
    [PolarId(typeof(EventType), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<EventType>))]
    [Alias("EventTypeId")]
    public string[] Id { get; set; } = [];

    /// <summary>What people read, 1 to 128 characters.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Label { get; set; }

    /// <summary>Which value of an event's metadata takes the label's place, such as subject; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? LabelPropertySelector { get; set; }

    internal override string[] Ids => Id;

    // Polar needs the label with every change.
    internal override bool NeedsCurrent(string id, EventTypeUpdate body) => body.Label is null;

    internal override void Complete(EventType current, EventTypeUpdate body) => body.Label ??= current.Label;

    internal override Task<EventType> UpdateAsync(
        PolarClient client,
        string id,
        EventTypeUpdate body,
        CancellationToken cancellationToken
    ) => client.EventTypes.UpdateAsync(id, body, cancellationToken);

    internal override Task<EventType> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.EventTypes.GetAsync(id, cancellationToken);
}

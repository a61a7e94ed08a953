namespace PolarPS.Commands;

/// <summary>Deletes custom fields; products no longer ask for them. Operation custom-fields:delete.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarCustomField", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarCustomFieldCommand : RemovePolarCmdlet<CustomField>
{
    /// <summary>The ids of custom fields, or custom fields.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.CustomField)]
    [PolarId(typeof(CustomField), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<CustomField>))]
    [Alias("CustomFieldId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.CustomFields.DeleteAsync(id, cancellationToken);

    internal override Task<CustomField>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.CustomFields.GetAsync(id, cancellationToken);
}

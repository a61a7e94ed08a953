namespace PolarPS.Commands;

/// <summary>Deletes benefits, and takes them away from all customers. Operation benefits:delete.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarBenefit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarBenefitCommand : RemovePolarCmdlet<Benefit>
{
    /// <summary>The ids of benefits, or benefits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Benefit)]
    [PolarId(typeof(Benefit), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [Alias("BenefitId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Deletion(Benefit? item) =>
        item?.Type == "license_keys"
            ? "Delete permanently, revoke it from every customer, and revoke their license keys"
            : "Delete permanently, and revoke it from every customer who has it";

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Benefits.DeleteAsync(id, cancellationToken);

    internal override Task<Benefit>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Benefits.GetAsync(id, cancellationToken);
}

namespace PolarPS.Commands;

/// <summary>Deletes discounts; subscriptions that have one keep it. Operation discounts:delete.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarDiscount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarDiscountCommand : RemovePolarCmdlet<Discount>
{
    /// <summary>The ids of discounts, or discounts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Discount)]
    [PolarId(typeof(Discount), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [Alias("DiscountId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Discounts.DeleteAsync(id, cancellationToken);

    internal override Task<Discount>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Discounts.GetAsync(id, cancellationToken);
}

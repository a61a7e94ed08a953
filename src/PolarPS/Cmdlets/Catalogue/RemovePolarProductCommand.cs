namespace PolarPS.Commands;

/// <summary>Deletes products that nothing has ever referred to. Operation products:delete.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarProduct", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarProductCommand : RemovePolarCmdlet<Product>
{
    /// <summary>The ids of products, or products.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Product)]
    [PolarId(typeof(Product), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [Alias("ProductId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Products.DeleteAsync(id, cancellationToken);

    internal override Task<Product>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Products.GetAsync(id, cancellationToken);
}

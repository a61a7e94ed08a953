namespace PolarPS.Commands;

/// <summary>Sets all the benefits of products. Operation products:update_benefits.</summary>
[Cmdlet(VerbsCommon.Set, "PolarProductBenefit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Product))]
public sealed class SetPolarProductBenefitCommand : PolarWriteCmdlet<Product>
{
    /// <summary>The ids of products, or products.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Product)]
    [PolarId(typeof(Product), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [Alias("Id")]
    public string[] ProductId { get; set; } = [];

    /// <summary>The ids of all benefits, or benefits, in order; empty for none.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = HelpMessages.Benefit)]
    [PolarId(typeof(Benefit))]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [AllowEmptyCollection]
    [Field("benefits")]
    public string[] BenefitId { get; set; } = [];

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var id in ProductId)
        {
            Try(
                Subject(id),
                () =>
                {
                    var body = new ProductBenefitsUpdate { Benefits = BenefitId };
                    var current = Await(token => Client.Products.GetAsync(id, token));
                    Remember(current);
                    var comparison = UpdateComparison.Of(current, body);
                    if (comparison.ChangesNothing)
                    {
                        Leave(NameOf(id), current);
                        return;
                    }

                    var lost = comparison.Lost("benefits");
                    var action =
                        BenefitId.Length == 0
                            ? $"Remove all benefits: {NamesOf(lost)}"
                            : $"Set the benefits to {Benefits()}{LossText(lost)}";
                    if (Confirm(NameOf(id), action, (client, token) => UpdateAsync(client, id, token)))
                    {
                        WriteModel(Await(token => UpdateAsync(Client, id, token)));
                    }
                }
            );
        }
    }

    private Task<Product> UpdateAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Products.UpdateBenefitsAsync(id, BenefitId, cancellationToken);

    private string Benefits() =>
        string.Join(
            ", ",
            System.Array.ConvertAll(BenefitId, id => UsedConnection.Seen.LabelOf(id) is { } label ? $"'{label}'" : id)
        );
}

namespace PolarPS.Commands;

/// <summary>Deletes checkout links; their addresses stop working. Operation checkout-links:delete.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarCheckoutLink", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarCheckoutLinkCommand : RemovePolarCmdlet<CheckoutLink>
{
    /// <summary>The ids of checkout links, or checkout links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.CheckoutLink)]
    [PolarId(typeof(CheckoutLink), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<CheckoutLink>))]
    [Alias("CheckoutLinkId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.CheckoutLinks.DeleteAsync(id, cancellationToken);

    internal override Task<CheckoutLink>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.CheckoutLinks.GetAsync(id, cancellationToken);
}

namespace PolarPS.Commands;

/// <summary>
/// Gets the customer's own wallets by id, or streams them. Operations customer_portal:wallets:get and
/// customer_portal:wallets:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalWallet", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Wallet))]
public sealed class GetPolarPortalWalletCommand : GetPolarCmdlet<Wallet>, IPortalCmdlet
{
    /// <summary>The ids of wallets, or wallets.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Ids.Wallet
    )]
    [PolarId(typeof(Wallet), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Wallet>))]
    [Alias("WalletId")]
    public string[]? Id { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(WalletSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override Task<Wallet> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Portal.Wallets.GetAsync(id, cancellationToken);

    internal override PagedList<Wallet> List() => Client.Portal.Wallets.List(Extent(new PortalWalletQuery(), Sort));
}

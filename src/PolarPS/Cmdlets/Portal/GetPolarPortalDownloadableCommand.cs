namespace PolarPS.Commands;

/// <summary>
/// Streams the files that the customer may download, each with an address for it. Operation customer_portal:downloadables:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalDownloadable", SupportsPaging = true)]
[OutputType(typeof(Downloadable))]
public sealed class GetPolarPortalDownloadableCommand : ListPolarCmdlet<Downloadable>, IPortalCmdlet
{
    /// <summary>Only files of these benefits: ids, benefits, or objects that belong to one, such as benefit grants.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Benefit), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    [Alias("Benefit")]
    public string[]? BenefitId { get; set; }

    internal override void ProcessInput() =>
        Try(
            Subject(null),
            () =>
                WriteList(
                    Client.Portal.Downloadables.List(Extent(new PortalDownloadableQuery { BenefitId = BenefitId }))
                )
        );
}

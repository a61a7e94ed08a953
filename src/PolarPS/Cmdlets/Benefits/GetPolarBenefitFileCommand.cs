namespace PolarPS.Commands;

/// <summary>Streams the files that benefits give, with how often they were downloaded. Operation benefits:files.</summary>
[Cmdlet(VerbsCommon.Get, "PolarBenefitFile", SupportsPaging = true)]
[OutputType(typeof(PolarFile))]
public sealed class GetPolarBenefitFileCommand : ListPolarCmdlet<PolarFile>
{
    /// <summary>The ids of benefits, or benefits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Reading.Benefit)]
    [PolarId(typeof(Benefit), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [Alias("Benefit", "Id")]
    public string[] BenefitId { get; set; } = [];

    internal override void ProcessInput()
    {
        foreach (var id in BenefitId)
        {
            Try(
                new ErrorSubject(Kinds.NameOf(typeof(Benefit)), id),
                () => WriteList(Client.Benefits.ListFiles(id, Extent(new BenefitFileQuery())))
            );
        }
    }
}

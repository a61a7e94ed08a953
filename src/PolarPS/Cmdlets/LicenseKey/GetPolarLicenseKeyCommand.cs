using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>Gets license keys by id, or streams those that match. Operations license_keys:get and license_keys:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarLicenseKey", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(LicenseKey))]
public sealed class GetPolarLicenseKeyCommand : GetPolarCmdlet<LicenseKey>
{
    /// <summary>The ids of license keys, or license keys.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(LicenseKey))]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [Alias("LicenseKeyId")]
    public string[]? Id { get; set; }

    /// <summary>Only keys that came with one of these benefits.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit))]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    [Alias("Benefit")]
    public string[]? BenefitId { get; set; }

    /// <summary>Only keys in one of these states.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(LicenseKeyStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only keys of these organizations; matters with a user's token.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    internal override string[]? Ids => Id;

    internal override Task<LicenseKey> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.LicenseKeys.GetAsync(id, cancellationToken);

    internal override PagedList<LicenseKey> List() =>
        Client.LicenseKeys.List(
            Extent(
                new LicenseKeyQuery
                {
                    BenefitId = BenefitId,
                    Status = Status,
                    OrganizationId = OrganizationId,
                }
            )
        );
}

namespace PolarPS.Commands;

/// <summary>
/// Gets what anyone may know of sellers by their slugs, with what they sell. Needs no session. Operation
/// customer_portal:organizations:get.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalOrganization")]
[OutputType(typeof(CustomerOrganizationData))]
public sealed class GetPolarPortalOrganizationCommand : PolarModelCmdlet<CustomerOrganizationData>, IPublicCmdlet
{
    /// <summary>The sellers' names in addresses.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Slug of a seller: its name in addresses, such as northwind"
    )]
    [Text(Each = true)]
    [ValidateNotNullOrEmpty]
    public string[] Slug { get; set; } = [];

    internal override void ProcessInput()
    {
        foreach (var slug in Slug)
        {
            Try(
                new ErrorSubject(
                    "organization",
                    slug,
                    Key: "slug",
                    IfMissing: "Check the slug, and the environment: Get-PolarConnection. In an address of the seller's it follows polar.sh/."
                ),
                () => WriteObject(ModelShaper.Shape(Await(token => Client.Portal.Organizations.GetAsync(slug, token))))
            );
        }
    }
}

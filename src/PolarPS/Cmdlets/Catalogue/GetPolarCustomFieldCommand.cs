namespace PolarPS.Commands;

/// <summary>Gets custom fields by id, or streams those that match. Operations custom-fields:get and custom-fields:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarCustomField", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(CustomField))]
public sealed class GetPolarCustomFieldCommand : GetOwnedCmdlet<CustomField>
{
    /// <summary>The ids of custom fields, custom fields, or what a product has attached.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.CustomField
    )]
    [PolarId(typeof(CustomField), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<CustomField>))]
    [Alias("CustomFieldId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the custom fields of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(CustomField), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only custom fields whose name or slug contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only custom fields of these kinds.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CustomFieldTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CustomFieldSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<CustomField> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.CustomFields.GetAsync(id, cancellationToken);

    internal override PagedList<CustomField> List() =>
        Client.CustomFields.List(
            Extent(
                new CustomFieldQuery
                {
                    Query = Query,
                    Type = Type,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}

namespace PolarPS.Commands;

/// <summary>Adds members to a team, also from the rows of a CSV file: as the seller, or as the team itself.</summary>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewMemberCmdlet<TBody> : NewPolarCmdlet<Member, TBody>
    where TBody : RequestBody, new()
{
    /// <summary>The email address.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Email
    )]
    [Text]
    [Field]
    public string Email { get; set; } = string.Empty;

    /// <summary>The name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Name { get; set; }

    /// <summary>What the member may do: member, which is the default, or billing_manager.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NewMemberRoleCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Role { get; set; }

    internal override string NewName => Email;

    internal override bool IsGiven(string parameter) => IsGivenText(parameter);
}

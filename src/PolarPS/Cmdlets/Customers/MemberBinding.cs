namespace PolarPS.Commands;

/// <summary>Completes what a member may do.</summary>
public sealed class MemberRoleCompleter() : KnownValuesCompleter(CustomerValues.MemberRole);

/// <summary>Completes the role of a new member: a future owner has to be a member first.</summary>
public sealed class NewMemberRoleCompleter() : KnownValuesCompleter(CustomerValues.NewMemberRole);

/// <summary>Completes orders of members.</summary>
public sealed class MemberSortCompleter() : SortCompleter(CustomerValues.MemberSort);

/// <summary>
/// Creates a parameter take members: the objects themselves, or copies that Select-Object, Import-Clixml or a job have made of
/// them. A member is found within its customer, so an id alone would not do.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MemberTransformationAttribute : ArgumentTransformationAttribute, IReferenceTransformation
{
    Type IReferenceTransformation.Model => typeof(Member);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.Items(inputData) is { } items ? items.Select(MemberOf).ToArray() : MemberOf(inputData);

    private static Member MemberOf(object? item)
    {
        var member = PSValue.ValueOrCustom(item) switch
        {
            Member itself => itself,
            PolarObject other => throw new RefusedArgumentException(
                $"Expected a member, but this is {Kinds.OneOf(other.GetType())}."
            ),
            PSObject copy when PSValue.IsCopyOf(copy, typeof(Member)) => new Member
            {
                Id = Text(copy, nameof(Member.Id)),
                CustomerId = Text(copy, nameof(Member.CustomerId)),
                Email = Text(copy, nameof(Member.Email)),
                Name = Text(copy, nameof(Member.Name)),
            },
            _ => throw new RefusedArgumentException(
                "Expected a member from Get-PolarMember; or use -CustomerId and -MemberId."
            ),
        };
        return IsId(member.Id) && IsId(member.CustomerId)
            ? member
            : throw new RefusedArgumentException(
                "This member has no id or no customer id; use -CustomerId and -MemberId."
            );
    }

    private static string? Text(PSObject copy, string property) => PSValue.Property(copy, property)?.ToString();

    private static bool IsId(string? text) => Guid.TryParseExact(text, "D", out _);
}

/// <summary>Where a member is: whose it is, which one, by Polar's ids or by your own.</summary>
/// <param name="Customer">The customer's id, or external id.</param>
/// <param name="Key">The member's id, or external id.</param>
/// <param name="IsExternal">Whether both are your own.</param>
internal readonly record struct MemberPlace(string Customer, string Key, bool IsExternal)
{
    /// <summary>Where members are.</summary>
    public static IEnumerable<MemberPlace> Of(Member[] members) =>
        members.Select(member => new MemberPlace(member.CustomerId!, member.Id!, IsExternal: false));

    /// <summary>Where members of one customer are.</summary>
    /// <param name="customer">The customer's id, or external id.</param>
    /// <param name="keys">The members' ids, or external ids.</param>
    /// <param name="isExternal">Whether both are the user's own.</param>
    public static IEnumerable<MemberPlace> Of(string customer, string[] keys, bool isExternal) =>
        keys.Select(key => new MemberPlace(customer, key, isExternal));

    /// <summary>Refuses external ids that cannot be a part of an address, before anyone is asked.</summary>
    public void CheckExternal()
    {
        ExternalIds.Check(Customer);
        ExternalIds.Check(Key);
    }

    public ErrorSubject Subject => new("member", Key, Key: IsExternal ? "external id" : "id");
}

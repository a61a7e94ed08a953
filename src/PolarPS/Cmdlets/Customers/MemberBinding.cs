using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client.Models;

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
        PSValue.Bare(inputData) is IEnumerable items and not (string or IDictionary)
            ? items.Cast<object?>().Select(MemberOf).ToArray()
            : MemberOf(inputData);

    private static Member MemberOf(object? item)
    {
        var member = PSValue.Bare(item) switch
        {
            Member itself => itself,
            PolarObject other => throw Refuse($"Expected a member, but this is {Kinds.OneOf(other.GetType())}."),
            PSObject copy when IsCopy(copy) => new Member
            {
                Id = Text(copy, nameof(Member.Id)),
                CustomerId = Text(copy, nameof(Member.CustomerId)),
                Email = Text(copy, nameof(Member.Email)),
                Name = Text(copy, nameof(Member.Name)),
            },
            _ => throw Refuse("Expected a member from Get-PolarMember; or use -CustomerId and -MemberId."),
        };
        return IsId(member.Id) && IsId(member.CustomerId)
            ? member
            : throw Refuse("This member has no id or no customer id; use -CustomerId and -MemberId.");
    }

    private static bool IsCopy(PSObject copy) =>
        copy.TypeNames.Any(name =>
            name == "Selected." + typeof(Member).FullName || name == "Deserialized." + typeof(Member).FullName
        );

    private static string? Text(PSObject copy, string property) => copy.Properties[property]?.Value?.ToString();

    private static bool IsId(string? text) => Guid.TryParseExact(text, "D", out _);

    private static ArgumentTransformationMetadataException Refuse(string message) => new(message);
}

/// <summary>Where a member is: whose it is, which one, by Polar's ids or by your own.</summary>
/// <param name="Customer">The customer's id, or external id.</param>
/// <param name="Key">The member's id, or external id.</param>
/// <param name="IsExternal">Whether both are your own.</param>
internal readonly record struct MemberPlace(string Customer, string Key, bool IsExternal)
{
    public ErrorSubject Subject => new("member", Key, Key: IsExternal ? "external id" : "id");
}

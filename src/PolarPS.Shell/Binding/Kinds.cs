using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>What the kinds of objects are called in sentences, and where their ids and names are.</summary>
internal static class Kinds
{
    /// <summary>The property by which other objects refer to one: Product gives ProductId.</summary>
    public static string ReferenceTo(Type model) => PolarName(model) + "Id";

    /// <summary>The class's name in words: CheckoutLink gives "checkout link".</summary>
    public static string NameOf(Type model)
    {
        var words = new StringBuilder();
        foreach (var letter in PolarName(model))
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>One of them, with its article: "a checkout link", "an order".</summary>
    public static string OneOf(Type model)
    {
        var name = NameOf(model);
        return ("aeio".IndexOf(name[0]) >= 0 ? "an " : "a ") + name;
    }

    /// <summary>Several of them: "checkout links", "disputes".</summary>
    public static string NamesOf(Type model)
    {
        var name = NameOf(model);
        return name.EndsWith("y", StringComparison.Ordinal) && !name.EndsWith("key", StringComparison.Ordinal)
            ? name.Substring(0, name.Length - 1) + "ies"
            : name + "s";
    }

    /// <summary>The cmdlet that gets them, such as Get-PolarProduct; null where there is none.</summary>
    public static string? GetCommandOf(Type model) =>
        ModuleRoot.Cmdlets.GetType($"PolarPS.Commands.GetPolar{PolarName(model)}Command") is null
            ? null
            : "Get-Polar" + PolarName(model);

    /// <summary>Whether an object is one of the kind, or the same object under another class: a customer's state is the customer.</summary>
    public static bool Is(object? value, Type model) =>
        model.IsInstanceOfType(value)
        || (model == typeof(Customer) && value is CustomerState)
        || (model == typeof(Meter) && value is PriceMeter);

    /// <summary>
    /// The class of what an object is or, for the copies that Select-Object, Import-Clixml and jobs make, of what it was; null
    /// for other objects. A customer's state is the customer.
    /// </summary>
    public static Type? KindOf(object item)
    {
        var kind =
            PSValue.ValueOrCustom(item) is PolarObject model ? model.GetType()
            : NameOfCopied(item) is { } name ? typeof(PolarObject).Assembly.GetType("PolarPS.Client.Models." + name)
            : null;
        return kind == typeof(CustomerState) ? typeof(Customer)
            : kind == typeof(PriceMeter) ? typeof(Meter)
            : kind;
    }

    /// <summary>The name of the class of which an object is a copy; null where it is none.</summary>
    public static string? NameOfCopied(object item) =>
        PSObject
            .AsPSObject(item)
            .TypeNames.Select(name => Copies.Name.Match(name))
            .FirstOrDefault(match => match.Success)
            ?.Groups[1]
            .Value;

    /// <summary>The property Id of an object or a copy of one, where that is a UUID; else null.</summary>
    public static string? OwnIdOf(object item) =>
        PSValue.Property(item, "Id")?.ToString() is { } id && NameResolver.IsId(id) ? id : null;

    /// <summary>What an object has in the property that names one of a kind, such as CustomerId; null for nothing.</summary>
    public static string? ReferenceIn(object item, Type model)
    {
        var name = ReferenceTo(model);
        var found = item is IDictionary dictionary
            ? PlainValues
                .Entries(dictionary)
                .FirstOrDefault(entry => name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase))
                .Value
            : PSValue.Property(item, name);
        return PSValue.ValueOrCustom(found) as string is { Length: > 0 } text ? text : null;
    }

    /// <summary>The id of an object; null for objects without one.</summary>
    public static string? IdOf(PolarObject item) => item.OwnId;

    // Where a class is not named as Polar names the object.
    private static string PolarName(Type model) =>
        model == typeof(PriceMeter) ? nameof(Meter)
        : model == typeof(PolarFile) ? "File"
        : model == typeof(CustomerSeat) ? "Seat"
        : model == typeof(LicenseKeyActivation) ? "Activation"
        : model.Name;

    // Apart, so that nothing pays for it that does not look at copies.
    private static class Copies
    {
        public static readonly Regex Name = new(
            @"^(?:Selected|Deserialized)\.PolarPS\.Client\.Models\.(\w+)$",
            RegexOptions.CultureInvariant
        );
    }
}

using System;
using System.Text;
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

    /// <summary>Whether an object is one of the kind, or the same object under another class: a customer's state is the customer.</summary>
    public static bool Is(object? value, Type model) =>
        model.IsInstanceOfType(value)
        || (model == typeof(Customer) && value is CustomerState)
        || (model == typeof(Meter) && value is PriceMeter);

    /// <summary>The id of an object; null for objects without one.</summary>
    public static string? IdOf(PolarObject item) => item.OwnId;

    // Where a class is not named as Polar names the object.
    private static string PolarName(Type model) =>
        model == typeof(PriceMeter) ? nameof(Meter)
        : model == typeof(PolarFile) ? "File"
        : model == typeof(CustomerSeat) ? "Seat"
        : model == typeof(LicenseKeyActivation) ? "Activation"
        : model.Name;
}

using System.Text;
using System.Text.RegularExpressions;

namespace PolarPS.Commands;

/// <summary>What the kinds of objects are called in sentences, and where their ids and names are.</summary>
internal static class Kinds
{
    // A word of its own, which its capitals do not divide.
    private const string OAuth = "OAuth";

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

        return words.Replace("o auth2", OAuth).Replace("o auth", OAuth).ToString();
    }

    /// <summary>One of them, with its article: "a checkout link", "an order".</summary>
    public static string OneOf(Type model)
    {
        var name = NameOf(model);
        return ("aeioO".IndexOf(name[0]) >= 0 ? "an " : "a ") + name;
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
        model.IsInstanceOfType(value) || (value is not null && KindOf(value.GetType()) == model);

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
        return kind is null ? null : KindOf(kind);
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
        return PSValue.ValueOrCustom(found) switch
        {
            string { Length: > 0 } text => text,
            Guid id => id.ToString("D"),
            _ => null,
        };
    }

    /// <summary>The id of an object; null for objects without one.</summary>
    public static string? IdOf(PolarObject item) => item.OwnId;

    /// <summary>The names that an object tells of others in it: of a product's benefits, of an order's customer.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Empty for most.</returns>
    public static IEnumerable<NestedName> NestedIn(PolarObject item) =>
        Nested.TryGetValue(item.GetType(), out var nested) ? nested(item) : [];

    // What is the same object under another class, as far as its id goes.
    private static readonly Dictionary<Type, Type> Same = new()
    {
        [typeof(CustomerState)] = typeof(Customer),
        [typeof(PriceMeter)] = typeof(Meter),
        [typeof(WebhookEvent)] = typeof(WebhookDeliveryEvent),
    };

    // Where a class is not named as Polar names the object.
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(PolarFile)] = "File",
        [typeof(PolarEvent)] = "Event",
        [typeof(CustomerSeat)] = "Seat",
        [typeof(LicenseKeyActivation)] = "Activation",
        [typeof(CustomerEmailUpdateVerification)] = "EmailUpdate",
        [typeof(PortalAuthenticatedUser)] = "PortalUser",
        [typeof(WebhookEndpoint)] = "Endpoint",
        [typeof(WebhookDelivery)] = "Delivery",
        [typeof(WebhookDeliveryEvent)] = "WebhookEvent",
    };

    private static readonly Dictionary<Type, Func<PolarObject, IEnumerable<NestedName>>> Nested = new()
    {
        [typeof(Product)] = item =>
            (((Product)item).Benefits ?? []).Select(benefit => new NestedName(
                typeof(Benefit),
                benefit.Id,
                benefit.ToString()
            )),
        [typeof(Order)] = item => CustomerIn(((Order)item).Customer),
        [typeof(Subscription)] = item => CustomerIn(((Subscription)item).Customer),
        [typeof(WebhookDelivery)] = item =>
            ((WebhookDelivery)item).WebhookEvent is { } told
                ? [new NestedName(typeof(WebhookDeliveryEvent), told.Id, told.ToString())]
                : [],
        [typeof(CheckoutLink)] = item =>
            ((CheckoutLink)item).Discount is { } discount
                ? [new NestedName(typeof(Discount), discount.Id, discount.Name)]
                : [],
    };

    // What is nested in others is not the whole object.
    private static NestedName[] CustomerIn(Customer? customer) =>
        customer is null ? [] : [new NestedName(typeof(Customer), customer.Id, customer.ToString(), IfUnknown: true)];

    private static Type KindOf(Type model) => Same.TryGetValue(model, out var kind) ? kind : model;

    private static string PolarName(Type model) => Names.TryGetValue(model, out var name) ? name : KindOf(model).Name;

    // Apart, so that nothing pays for it that does not look at copies.
    private static class Copies
    {
        public static readonly Regex Name = new(
            @"^(?:Selected|Deserialized)\.PolarPS\.Client\.Models\.(\w+)$",
            RegexOptions.CultureInvariant
        );
    }
}

/// <summary>What an object tells of another one in it.</summary>
/// <param name="Kind">The class of the other one.</param>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name.</param>
/// <param name="IfUnknown">Whether it only counts where nothing else told of that one.</param>
internal readonly record struct NestedName(Type Kind, string? Id, string? Label, bool IfUnknown = false);

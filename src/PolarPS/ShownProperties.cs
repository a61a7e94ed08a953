using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client.Models;

namespace PolarPS;

/// <summary>
/// An object's properties as views show them: text with its control characters visible. Views reach it as the hidden property
/// <c>PolarText</c> of every object (PolarPS.types.ps1xml), which works in ConstrainedLanguage, where a call would not.
/// A key is a property's name, a path such as <c>Meter.Name</c>, or one of these with <c>ToString</c> (the text of a list or
/// object), <c>Host</c> or <c>WithoutQuery</c> (of an address) at its end. Not meant for scripts.
/// </summary>
public static class ShownProperties
{
    /// <summary>Reads <c>PolarText</c>.</summary>
    /// <param name="item">An object with views.</param>
    /// <returns>A dictionary that has the text to show of any property.</returns>
    public static object Of(PSObject? item) => new Shown(item);

    /// <summary>Reads <c>Summary</c>, the line that represents an object among objects of other kinds.</summary>
    /// <param name="item">An object with views.</param>
    /// <returns>Its text form, without secrets.</returns>
    public static string Summary(PSObject? item) =>
        VisibleText.Of(
            Redactor.Redact(
                item?.BaseObject switch
                {
                    // Without a label its text is its address.
                    CheckoutLink link => link.Label ?? link.Id,
                    var other => other?.ToString(),
                }
            )
        );

    /// <summary>Reads <c>Kind</c>.</summary>
    /// <param name="item">An object from Polar.</param>
    /// <returns>What it is, in words, such as <c>checkout link</c>.</returns>
    public static string Kind(PSObject? item) =>
        item?.BaseObject is { } value
            ? Commands.Kinds.NameOf(value.GetType()).Replace("o auth2", "OAuth2")
            : string.Empty;

    /// <summary>Reads <c>Reference</c>.</summary>
    /// <param name="item">An object from Polar.</param>
    /// <returns>Its id; null for one without.</returns>
    public static string? Reference(PSObject? item) =>
        item?.BaseObject is PolarObject model && Commands.Kinds.IdOf(model) is { } id ? VisibleText.Of(id) : null;

    private static object? Visible(object? value) =>
        value switch
        {
            null => null,
            PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Visible(wrapped.BaseObject),
            string text => VisibleText.Of(text),
            PolarObject model => model.ToString(),
            IFormattable or bool => value,
            // PowerShell takes one layer off what a view's script gives.
            IEnumerable items => new object[] { items.Cast<object?>().Select(Name).ToArray() },
            _ => VisibleText.Of(value.ToString()),
        };

    // Property by property, from the object to what is shown; some words at the end are no properties.
    private static object? Find(object? value, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (value is null)
            {
                return null;
            }

            value = part switch
            {
                "ToString" => value.ToString(),
                "Host" when value is string url => Uri.TryCreate(url, UriKind.Absolute, out var uri)
                    ? uri.IdnHost
                    : url,
                "WithoutQuery" => Formatting.WithoutQuery(value.ToString()),
                _ => PSObject.AsPSObject(value).Properties[part]?.Value,
            };
            value = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        }

        return value;
    }

    // Within a list PowerShell shows an object's name, or else its id.
    private static string Name(object? item) =>
        VisibleText.Of(
            item switch
            {
                null => string.Empty,
                string text => text,
                PolarObject model => Property(model, "Name") ?? Property(model, "Id") ?? model.ToString(),
                _ => Convert.ToString(item, System.Globalization.CultureInfo.CurrentCulture),
            }
        );

    private static string? Property(PolarObject model, string name) =>
        model.GetType().GetProperty(name)?.GetValue(model) as string;

    // The least that PowerShell asks of a dictionary when it reads one of its entries as a property.
    private sealed class Shown(PSObject? item) : IDictionary
    {
        public object? this[object key]
        {
            get => key is string path ? Visible(Find(item?.BaseObject, path)) : null;
            set => throw new NotSupportedException();
        }

        public bool IsFixedSize => true;

        public bool IsReadOnly => true;

        public bool IsSynchronized => false;

        public object SyncRoot => this;

        public ICollection Keys => Array.Empty<string>();

        public ICollection Values => Array.Empty<object>();

        public int Count => 0;

        public bool Contains(object key) => key is string;

        public IDictionaryEnumerator GetEnumerator() => new Hashtable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void CopyTo(Array array, int index) { }

        public void Add(object key, object? value) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public void Remove(object key) => throw new NotSupportedException();
    }
}

using System;
using System.Collections.Generic;
using System.Text;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>What the kinds of things are called in sentences, and where their ids and names are.</summary>
internal static class Kinds
{
    /// <summary>The property by which other things refer to one: Product gives ProductId.</summary>
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

    // Where a class is not named as Polar names the thing.
    private static string PolarName(Type model) =>
        model == typeof(PriceMeter) ? "Meter"
        : model == typeof(PolarFile) ? "File"
        : model.Name;

    /// <summary>The id of an object; null for things without one.</summary>
    public static string? IdOf(PolarObject item) =>
        item switch
        {
            Product product => product.Id,
            CheckoutLink link => link.Id,
            Organization organization => organization.Id,
            Discount discount => discount.Id,
            Benefit benefit => benefit.Id,
            ProductPrice price => price.Id,
            PolarFile file => file.Id,
            CustomField field => field.Id,
            PriceMeter meter => meter.Id,
            _ => null,
        };
}

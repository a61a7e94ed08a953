using System.Management.Automation.Language;

namespace PolarPS.Commands;

/// <summary>Completes the ids of the prices that the products of a command have; of a piped product, those of all that were seen.</summary>
public sealed class ProductPriceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        if (TypedConnection.Find(commandName, commandAst, fakeBoundParameters) is not { } connection)
        {
            return [];
        }

        IdCompleter<Product>.LookAtServer(connection);
        var named = LanguagePrimitives.TryConvertTo<string[]>(fakeBoundParameters["Id"], out var ids) ? ids : null;
        var products = connection
            .Seen.OfKind(typeof(Product))
            .Where(seen =>
                named is not { Length: > 0 }
                || named.Contains(seen.Id, System.StringComparer.OrdinalIgnoreCase)
                || named.Contains((seen.Item as Product)?.Name, System.StringComparer.OrdinalIgnoreCase)
            )
            .Select(seen => seen.Item as Product)
            .Where(product => product?.Prices is not null);
        return Completions.Matching(
            wordToComplete,
            from product in products
            from price in product?.Prices ?? []
            where price?.Id is not null && price.IsArchived != true
            select new Candidate(price.Id!, price.ToText(), $"{product}: {price.ToText()}")
        );
    }
}

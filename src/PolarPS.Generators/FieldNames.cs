using System.Text;

namespace PolarPS.Generators;

/// <summary>The API's names of properties.</summary>
internal static class FieldNames
{
    /// <summary>The name as System.Text.Json's lower snake case has it: <c>PriceAmount</c> gives <c>price_amount</c>.</summary>
    public static string Of(string property)
    {
        var name = new StringBuilder(property.Length + 4);
        for (var index = 0; index < property.Length; index++)
        {
            var letter = property[index];
            var endsWord = index > 0 && (char.IsLower(property[index - 1]) || char.IsDigit(property[index - 1]));
            // The last capital of several begins the next word: HTTPStatus gives http_status.
            var beginsWord =
                index > 0
                && char.IsUpper(property[index - 1])
                && index + 1 < property.Length
                && char.IsLower(property[index + 1]);
            if (char.IsUpper(letter) && (endsWord || beginsWord))
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}

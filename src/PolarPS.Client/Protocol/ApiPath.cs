using System.Text;

namespace PolarPS.Client;

/// <summary>Paths with values in them. A value is one segment whatever it contains; it cannot change the path.</summary>
internal static class ApiPath
{
    /// <summary>Joins fixed parts and values: <c>Of("/v1/products/", id, "/benefits")</c>. Every second part is a value.</summary>
    /// <exception cref="ArgumentException">A value is empty, or a dot segment, which no encoding can protect.</exception>
    public static string Of(params string[] parts)
    {
        var path = new StringBuilder();
        for (var index = 0; index < parts.Length; index++)
        {
            path.Append(index % 2 == 0 ? parts[index] : Segment(parts[index]));
        }

        return path.ToString();
    }

    /// <summary>The same for ids that are the user's own, and so may have any form.</summary>
    /// <exception cref="ArgumentException">Also where a value has a slash in it.</exception>
    public static string OfExternal(params string[] parts)
    {
        for (var index = 1; index < parts.Length; index += 2)
        {
            CheckExternal(parts[index]);
        }

        return Of(parts);
    }

    /// <summary>
    /// Refuses an id of the user's own that has a slash in it. Polar decodes the path before it reads it: such an id could
    /// not be found, or would name something else, as "a/members/b" names a member of the customer "a".
    /// </summary>
    /// <exception cref="ArgumentException">The id cannot be part of an address.</exception>
    public static void CheckExternal(string? value)
    {
        if (value?.IndexOf('/') >= 0)
        {
            throw new ArgumentException(
                $"The external id '{Redactor.Redact(value)}' cannot be part of an address because it contains a slash. Use Polar's own id instead."
            );
        }

        Segment(value);
    }

    private static string Segment(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException("An id must not be empty.");
        }

        // RFC 3986 removes these two before the request leaves, encoded or not.
        if (value is "." or "..")
        {
            throw new ArgumentException($"'{value}' cannot be an id.");
        }

        return Uri.EscapeDataString(value!);
    }
}

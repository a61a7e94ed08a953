using System;
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

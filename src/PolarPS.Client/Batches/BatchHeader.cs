using System.Security.Cryptography;

namespace PolarPS.Client;

/// <summary>The first line of a batch's journal: what it belongs to.</summary>
/// <param name="Id">A random id of its own; hashes and marks are made with it.</param>
/// <param name="Environment">The environment, or its base address.</param>
/// <param name="Organization">The organization's id; several, joined by commas, for a user's token that reaches several.</param>
/// <param name="Block">A hash of the script.</param>
/// <param name="Marker">The key of metadata that carries marks; null for none.</param>
internal sealed record BatchHeader(string Id, string Environment, string Organization, string Block, string? Marker)
{
    /// <summary>The format that this version writes, and the newest that it reads.</summary>
    public const long Format = 1;

    /// <summary>A new id.</summary>
    public static string NewId()
    {
        var bytes = new byte[16];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return Prints.Hex(bytes);
    }

    /// <summary>The first line of a journal.</summary>
    public Dictionary<string, object?> ToLine() =>
        new()
        {
            [JournalKind.Field] = JournalKind.Batch.Name,
            ["format"] = Format,
            ["id"] = Id,
            ["environment"] = Environment,
            ["organization"] = Organization,
            ["block"] = Block,
            ["marker"] = Marker,
            ["time"] = DateTimeOffset.UtcNow,
        };

    /// <summary>Reads it.</summary>
    /// <exception cref="JournalException">It is none, or of a newer version.</exception>
    public static BatchHeader Of(IReadOnlyDictionary<string, object?> line, string path)
    {
        string? Text(string name) => line.TryGetValue(name, out var value) ? value as string : null;
        if (
            Text(JournalKind.Field) != JournalKind.Batch.Name
            || Text("id") is not { Length: > 0 } id
            || Text("environment") is not { } environment
            || Text("organization") is not { } organization
            || Text("block") is not { } block
        )
        {
            throw JournalKind.Batch.Foreign(path);
        }

        JournalKind.Batch.CheckFormat(line, Format, path);
        return new BatchHeader(id, environment, organization, block, Text("marker"));
    }
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PolarPS.OpenApi;

/// <summary>
/// The official description of the API, which is no part of the project: found, and brought into the one form that the tests
/// read, whether it is Polar's own file or the edited one of the shared folder.
/// </summary>
public static class DescriptionFile
{
    /// <summary>The environment variable that names the file, or a folder with it.</summary>
    public const string Variable = "POLARPS_API_DESCRIPTION";

    private static readonly string[] Names =
    [
        $"polar-{ApiVersion.Tested}.openapi.json",
        $"{ApiVersion.Tested}.openapi.json",
    ];

    /// <summary>Why there is no description; null when there is one, and also when the variable names one in vain.</summary>
    public static string? Missing =>
        Find() is null
            ? $"The API description is neither named by {Variable} nor found as {Names[0]} in ../shared/api beside the clone."
            : null;

    /// <summary>Where the description is; null for nowhere.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Directory.Exists(given) ? InFolder(given) ?? Path.Combine(given, Names[0]) : given;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (InFolder(Path.Combine(folder.FullName, "shared", "api")) is { } file)
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>The description in the form that the tests read.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="FileNotFoundException">The variable names a file that is not there: an error, and no reason to skip.</exception>
    public static JsonObject Read()
    {
        var file = Find() ?? throw new InvalidOperationException(Missing);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{Variable} names '{file}', which is not there.", file);
        }

        return Read(File.ReadAllBytes(file));
    }

    /// <summary>The same for a file's content.</summary>
    public static JsonObject Read(byte[] content)
    {
        var document = JsonNode.Parse(content)!.AsObject();
        DescriptionForm.Unify(document);
        Amendments.Load().ApplyTo(document);
        DescriptionForm.Complete(document);
        return document;
    }

    /// <summary>Whether a content is the very file that the amendments are for.</summary>
    public static bool IsPinned(byte[] content) =>
        Convert.ToHexStringLower(SHA256.HashData(content)) == Amendments.Load().Sha256;

    private static string? InFolder(string folder) =>
        Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Uploaded files: what products show and what benefits give to download.</summary>
internal sealed class FileShelf
{
    private const string Kind = "files";

    private readonly EmulatorCore _core;

    public FileShelf(EmulatorCore core) => _core = core;

    /// <summary>A picture of a product.</summary>
    public View Media { get; } =
        new(
            static (document, writer) =>
            {
                writer.WriteStartObject();
                writer.WriteMembers(
                    document.Row,
                    "id",
                    "organization_id",
                    "name",
                    "path",
                    "mime_type",
                    "size",
                    "storage_version",
                    "checksum_etag",
                    "checksum_sha256_base64",
                    "checksum_sha256_hex",
                    "last_modified_at",
                    "version",
                    "service",
                    "is_uploaded",
                    "created_at",
                    "size_readable",
                    "public_url"
                );
                writer.WriteEndObject();
            }
        );

    /// <summary>Puts a made-up file on the shelf.</summary>
    public Document Add(string organizationId, string service, string name, string mimeType, long size)
    {
        var id = _core.Ids.NextId();
        var checksum = _core.Ids.NextBytes(32);
        var etag = _core.Ids.NextBytes(16);
        var stamp = _core.Clock.Stamp();
        var path = $"{service}/{organizationId}/{id}/{name}";
        var row = new JsonObject
        {
            ["id"] = id,
            ["organization_id"] = organizationId,
            ["name"] = name,
            ["path"] = path,
            ["mime_type"] = mimeType,
            ["size"] = size,
            ["storage_version"] = _core.Ids.NextText(12),
            ["checksum_etag"] = "\"" + Hex(etag) + "-1\"",
            ["checksum_sha256_base64"] = Convert.ToBase64String(checksum),
            ["checksum_sha256_hex"] = Hex(checksum),
            ["last_modified_at"] = stamp,
            ["version"] = null,
            ["service"] = service,
            ["is_uploaded"] = true,
            ["created_at"] = stamp,
            ["size_readable"] = Readable(size),
            ["public_url"] = "https://files.northwind.example/" + path,
        };
        return _core.Store.Insert(Kind, row);
    }

    /// <summary>A file of one organization and one purpose; null if there is none such.</summary>
    public Document? Find(string organizationId, string service, string id) =>
        _core.Store[Kind].Find(id) is { } file
        && file.OrganizationId == organizationId
        && file.Row.Text("service") == service
            ? file
            : null;

    private static string Hex(byte[] bytes) =>
        string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Readable(long size)
    {
        string[] units = ["B", "KB", "MB", "GB"];
        double amount = size;
        var unit = 0;
        while (amount >= 1000 && unit < units.Length - 1)
        {
            amount /= 1000;
            unit++;
        }

        return amount.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}

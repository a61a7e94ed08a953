namespace PolarPS.Emulator;

/// <summary>Files: what products show and what benefits give to download.</summary>
internal sealed class FileResource : Resource
{
    private const long Megabyte = 1024 * 1024;
    private const string Picture = @"^image\/(jpeg|png|gif|webp|svg\+xml)$";
    private const string Attachment =
        @"^(image\/(jpeg|png|gif|webp)|video\/(mp4|quicktime|webm)|application\/pdf|text\/plain|text\/csv)$";

    private static readonly TimeSpan UploadLength = TimeSpan.FromMinutes(60);

    private static readonly OptionalFields Labels = new(("version", Form.AnyText));

    private static readonly string[] Members =
    [
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
        .. Labels.Names,
        "service",
        "is_uploaded",
        "created_at",
        "size_readable",
    ];

    private static readonly Schema Parts = new ObjectSchema(
        "S3FileCreateMultipart",
        Field.Required(
            "parts",
            Form.List(
                new ObjectSchema(
                    "S3FileCreatePart",
                    Field.Required("number", Form.Integer(1, 10_000)),
                    Field.Required("chunk_start", Form.Integer(0, long.MaxValue)),
                    Field.Required("chunk_end", Form.Integer(0, long.MaxValue)),
                    Field.Nullable("checksum_sha256_base64", Form.AnyText)
                ),
                1,
                10_000
            )
        )
    );

    private static readonly Schema Create = new TaggedSchema(
        "service",
        new Dictionary<string, ObjectSchema>
        {
            ["downloadable"] = CreateForm("DownloadableFileCreate", "downloadable", null, long.MaxValue),
            ["product_media"] = CreateForm("ProductMediaFileCreate", "product_media", Picture, 10 * Megabyte),
            ["organization_avatar"] = CreateForm(
                "OrganizationAvatarFileCreate",
                "organization_avatar",
                Picture,
                Megabyte
            ),
            ["support_case_attachment"] = CreateForm(
                "SupportCaseAttachmentFileCreate",
                "support_case_attachment",
                Attachment,
                250 * Megabyte
            ),
        }
    );

    private static readonly Schema Update = new ObjectSchema(
        "FilePatch",
        [Field.Clearable("name", Form.AnyText), .. Labels.ForUpdate]
    );

    private static readonly Schema Completed = new ObjectSchema(
        "FileUploadCompleted",
        Field.Required("id", Form.AnyText),
        Field.Required("path", Form.AnyText),
        Field.Required(
            "parts",
            Form.List(
                new ObjectSchema(
                    "S3FileUploadCompletedPart",
                    Field.Required("number", Form.Integer(1, 10_000)),
                    Field.Required("checksum_etag", Form.AnyText),
                    Field.Required("checksum_sha256_base64", Form.OrNull(Form.AnyText))
                ),
                1
            )
        )
    );

    // The bytes of uploads, by file and part; made-up files have none.
    private readonly Dictionary<string, SortedDictionary<int, byte[]>> _contents = new(StringComparer.Ordinal);

    public FileResource(EmulatorCore core)
        : base(core, "files", "files") { }

    public override View View { get; } =
        View.Members(
            Members,
            static (document, writer) =>
            {
                switch (document.Row.Text("service"))
                {
                    case "downloadable":
                        writer.WriteNull("flagged_malicious_at");
                        break;
                    case "product_media" or "organization_avatar":
                        writer.WriteMembers(document.Row, "public_url");
                        break;
                }
            }
        );

    /// <summary>A picture of a product.</summary>
    public View Media { get; } = View.Members([.. Members, "public_url"]);

    /// <summary>A file as a customer sees it.</summary>
    public View Plain { get; } = View.Members(Members);

    public override IEnumerable<Operation> Operations =>
        [
            ListOperation(
                "/v1/files/",
                new ListDefinition(
                    "-created_at",
                    ListFilter.Organization(),
                    ListFilter.Field("ids", Form.Uuid, "id")
                ).SortedBy("created_at")
            ),
            Writing("create", "POST", "/v1/files/", Create, StartUpload),
            Writing("uploaded", "POST", "/v1/files/{id}/uploaded", Completed, FinishUpload),
            UpdateOperation(
                "/v1/files/{id}",
                Update,
                static (context, row) =>
                {
                    ApplyGiven(row, context.Body, [.. Labels.Names]);
                    Apply(row, context.Body, "name");
                }
            ),
            DeleteOperation("/v1/files/{id}"),
        ];

    /// <summary>Lists and updates know completed uploads only.</summary>
    public override bool IsVisible(Document document) => document.Row.Flag("is_uploaded");

    /// <summary>Puts a made-up file on the shelf.</summary>
    public Document Add(string organizationId, string service, string name, string mimeType, long size)
    {
        var id = Core.Ids.NextId();
        // Taken, so that the ids that follow are what they always were.
        Core.Ids.NextBytes(32);
        var checksum = Hashes.Sha256(MadeUp(name, size));
        var etag = Core.Ids.NextBytes(16);
        var stamp = Core.Clock.Stamp();
        var path = $"{service}/{organizationId}/{id}/{name}";
        var row = new JsonObject
        {
            ["id"] = id,
            ["organization_id"] = organizationId,
            ["name"] = name,
            ["path"] = path,
            ["mime_type"] = mimeType,
            ["size"] = size,
            ["storage_version"] = Core.Ids.NextText(12),
            ["checksum_etag"] = "\"" + Hashes.Hex(etag) + "-1\"",
            ["checksum_sha256_base64"] = Convert.ToBase64String(checksum),
            ["checksum_sha256_hex"] = Hashes.Hex(checksum),
            ["last_modified_at"] = stamp,
            ["version"] = null,
            ["service"] = service,
            ["is_uploaded"] = true,
            ["created_at"] = stamp,
            ["size_readable"] = Readable(size),
            ["public_url"] = "https://files.northwind.example/" + path,
        };
        return Core.Store.Insert(Kind, row);
    }

    /// <summary>A file of one organization and one purpose; null if there is none such.</summary>
    public Document? Find(string organizationId, string service, string id) =>
        Documents.Find(id) is { } file
        && file.OrganizationId == organizationId
        && file.Row.Text("service") == service
        && IsVisible(file)
            ? file
            : null;

    /// <summary>Removes a file from the products and benefits that had it.</summary>
    public override void Discard(Document document)
    {
        foreach (var product in Core.Store.Referrers(document.Id, "products"))
        {
            var row = product.Row.Clone();
            row["medias"] = Json.ToArray(row.Texts("medias").Where(id => id != document.Id));
            Core.Store.Replace(product, row);
        }

        _contents.Remove(document.Id);
        base.Discard(document);
    }

    /// <summary>What the announced checksum of a part is; null if none was announced.</summary>
    public string? ExpectedChecksum(string id, string number) => Part(id, number)?.Text("checksum_sha256_base64");

    /// <summary>Keeps the bytes of a part.</summary>
    /// <returns>Its tag.</returns>
    public string TakePart(string id, string number, byte[] body)
    {
        if (!_contents.TryGetValue(id, out var parts))
        {
            parts = [];
            _contents.Add(id, parts);
        }

        parts[int.Parse(number, CultureInfo.InvariantCulture)] = body;
        return Tag(body);
    }

    // A line that says so, as often as it takes.
    private static byte[] MadeUp(string name, long size)
    {
        var line = Json.FromText("This file was made up: " + name + "\n");
        var content = new byte[size];
        for (var i = 0; i < size; i++)
        {
            content[i] = line[i % line.Length];
        }

        return content;
    }

    /// <summary>The bytes of a file.</summary>
    public byte[] Content(Document file)
    {
        if (!_contents.TryGetValue(file.Id, out var parts))
        {
            return MadeUp(file.Row.Text("name")!, file.Row.Number("size")!.Value);
        }

        using var buffer = new MemoryStream();
        foreach (var part in parts.Values)
        {
            buffer.Write(part, 0, part.Length);
        }

        return buffer.ToArray();
    }

    private static ObjectSchema CreateForm(string name, string service, string? mimeType, long maximum) =>
        new ObjectSchema(
            name,
            [
                Field.Nullable("organization_id", Form.Uuid),
                Field.Required("name", Form.Text(1, int.MaxValue)),
                Field.Required("mime_type", Form.Text(0, int.MaxValue, mimeType)),
                Field.Required("size", Form.Integer(0, maximum)),
                Field.Nullable("checksum_sha256_base64", Form.AnyText),
                Field.Required("upload", Parts),
                Field.Required("service", Form.Literal(service)),
                .. Labels.ForCreation,
            ]
        ).Rule(CheckParts);

    // The parts must cover the file, one after the other.
    private static void CheckParts(JsonObject body, Location at, Problems problems)
    {
        var next = 0L;
        var index = 0;
        foreach (var part in ((JsonObject)body["upload"]!).Objects("parts"))
        {
            var spot = at["upload"]["parts"][index++];
            if (part.Number("number") != index || part.Number("chunk_start") != next || part.Number("chunk_end") < next)
            {
                problems.Add("value_error", spot, "The parts must follow each other without gaps.", part);
                return;
            }

            next = part.Number("chunk_end")!.Value;
        }

        if (next != body.Number("size"))
        {
            problems.Add("value_error", at["upload"]["parts"], "The parts must cover the whole file.", body["upload"]);
        }
    }

    private static string Tag(byte[] body) => "\"" + Hashes.Hex(Hashes.Sha256(body)).Substring(0, 32) + "\"";

    private JsonObject? Part(string id, string number) =>
        (Documents.Find(id)?.Row["upload"] as JsonObject)
            ?.Objects("parts")
            .FirstOrDefault(part => part.Number("number")?.ToString(CultureInfo.InvariantCulture) == number);

    private Reply StartUpload(OperationContext context)
    {
        var body = context.Body;
        var organizationId = context.Caller.OrganizationFor(body, Core.Store);
        var row = NewRow(organizationId);
        Apply(row, body, "organization_id", "upload");
        var id = row.Text("id")!;
        var path = $"{body.Text("service")}/{organizationId}/{id}/{body.Text("name")}";
        row["path"] = path;
        row["storage_version"] = null;
        row["checksum_etag"] = null;
        row["checksum_sha256_hex"] = body.Text("checksum_sha256_base64") is { } given ? HexOf(given) : null;
        row["last_modified_at"] = null;
        row["is_uploaded"] = false;
        row["size_readable"] = Readable(body.Number("size")!.Value);
        row["public_url"] = "https://files.northwind.example/" + path;
        var parts = new JsonArray();
        foreach (var part in ((JsonObject)body["upload"]!).Objects("parts"))
        {
            var item = part.Clone();
            item["url"] = Core.Downloads.Address("upload/" + part.Number("number"), id, UploadLength);
            item["expires_at"] = Timestamps.Format(Core.Clock.Now + UploadLength);
            item["headers"] = part.Text("checksum_sha256_base64") is { } checksum
                ? new JsonObject { ["x-amz-checksum-sha256"] = checksum, ["x-amz-sdk-checksum-algorithm"] = "SHA256" }
                : [];
            parts.Add((JsonNode)item);
        }

        row["upload"] = new JsonObject
        {
            ["id"] = Core.Ids.NextText(32),
            ["path"] = path,
            ["parts"] = parts,
        };
        Core.Store.Insert(Kind, row);
        var answer = row.Clone();
        foreach (var name in new[] { "created_at", "modified_at", "public_url" })
        {
            answer.Remove(name);
        }

        return Reply.Json(201, answer);
    }

    private static string HexOf(string base64)
    {
        try
        {
            return Hashes.Hex(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            throw Problems.Value(Location.Body["checksum_sha256_base64"], "The checksum is not base64.", base64);
        }
    }

    private Reply FinishUpload(OperationContext context)
    {
        var file = Documents.Find(context.Id);
        if (file is null || !context.Caller.CanSee(file.OrganizationId) || file.Row["upload"] is not JsonObject upload)
        {
            throw ApiException.NotFound();
        }

        var body = context.Body;
        if (body.Text("id") != upload.Text("id") || body.Text("path") != upload.Text("path"))
        {
            throw Problems.Value(Location.Body["id"], "This is not the upload of this file.", body.Copy("id"));
        }

        var sent = _contents.TryGetValue(file.Id, out var parts) ? parts : [];
        var index = 0;
        var hashes = new List<byte>();
        foreach (var part in body.Objects("parts"))
        {
            var at = Location.Body["parts"][index++];
            if (
                !sent.TryGetValue((int)part.Number("number")!.Value, out var bytes)
                || part.Text("checksum_etag") != Tag(bytes)
            )
            {
                throw Problems.Value(at, "This part was not uploaded, or a different one was.", part.Clone());
            }

            var hash = Hashes.Sha256(bytes);
            hashes.AddRange(hash);
            if (part.Text("checksum_sha256_base64") is { } checksum && checksum != Convert.ToBase64String(hash))
            {
                throw Problems.Value(at["checksum_sha256_base64"], "The checksum does not match the part.", checksum);
            }
        }

        var content = Content(file);
        if (index != upload.Objects("parts").Count() || content.Length != file.Row.Number("size"))
        {
            throw Problems.Value(Location.Body["parts"], "Parts of the file are missing.", body.Copy("parts"));
        }

        Change(
            file,
            row =>
            {
                row["is_uploaded"] = true;
                row["upload"] = null;
                row["storage_version"] = Core.Ids.NextText(12);
                row["checksum_etag"] = Tag([.. hashes]).TrimEnd('"') + "-" + index + "\"";
                row["last_modified_at"] = Core.Clock.Stamp();
            }
        );
        return Reply.Ok(file.Render(View));
    }

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

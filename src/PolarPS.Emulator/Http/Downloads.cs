namespace PolarPS.Emulator;

/// <summary>
/// The emulator's own place for bytes: what Polar keeps in a bucket elsewhere. Addresses are signed and expire, and need no
/// token.
/// </summary>
internal sealed class Downloads
{
    public const string Root = "/_emulator/";

    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    private readonly EmulatorCore _core;
    private readonly byte[] _key;

    public Downloads(EmulatorCore core)
    {
        _core = core;
        _key = new IdGenerator(core.Options.ShopSeed, stream: 5).NextBytes(32);
    }

    /// <summary>The address of something, good for a while.</summary>
    /// <param name="kind">invoice, receipt, file, or upload/{number} for a part to be sent.</param>
    /// <param name="id">Of which order or file.</param>
    /// <param name="length">For how long; null for ten minutes.</param>
    public string Address(string kind, string id, TimeSpan? length = null)
    {
        var path = Root + kind + "/" + id;
        var end = (_core.Clock.Now + (length ?? Usual)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{_core.Origin}{path}?expires={end}&signature={Sign(path, end)}";
    }

    public async Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryString(request.Query);
        var end = query.Last("expires") ?? string.Empty;
        if (
            query.Last("signature") != Sign(request.Path, end)
            || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds < _core.Clock.Present.ToUnixTimeSeconds()
        )
        {
            return Answer(403, Json.FromText("<Error><Code>AccessDenied</Code></Error>"), "application/xml");
        }

        var body = await request.ReadBodyAsync(cancellationToken).ConfigureAwait(false);
        var parts = request.Path.Substring(Root.Length).Split('/');
        lock (_core.Store.Gate)
        {
            return (request.Method, parts.Length, parts[0]) switch
            {
                ("PUT", 3, "upload") => TakePart(request, parts[2], parts[1], body),
                ("GET", 2, "file") => SendFile(parts[1]),
                ("GET", 2, "invoice" or "receipt") => Answer(200, Document(parts[0], parts[1]), "application/pdf"),
                _ => Answer(404, Json.FromText("<Error><Code>NoSuchKey</Code></Error>"), "application/xml"),
            };
        }
    }

    private static EmulatorResponse Answer(int status, byte[] body, string type)
    {
        var response = new EmulatorResponse(status, body);
        response.Headers["Content-Type"] = type;
        return response;
    }

    private string Sign(string path, string end) =>
        Hashes.Hex(Hashes.HmacSha256(_key, Json.FromText(path + "\n" + end)));

    private EmulatorResponse TakePart(EmulatorRequest request, string id, string number, byte[] body)
    {
        var checksum = Convert.ToBase64String(Hashes.Sha256(body));
        var expected = _core.Files.ExpectedChecksum(id, number);
        var sent = request.Header("x-amz-checksum-sha256");
        if ((expected is not null && sent != expected) || (sent is not null && sent != checksum))
        {
            return Answer(400, Json.FromText("<Error><Code>BadDigest</Code></Error>"), "application/xml");
        }

        var response = new EmulatorResponse(200, []);
        response.Headers["ETag"] = _core.Files.TakePart(id, number, body);
        return response;
    }

    private EmulatorResponse SendFile(string id)
    {
        var file = _core.Files.Documents.Find(id);
        return file is null
            ? Answer(404, Json.FromText("<Error><Code>NoSuchKey</Code></Error>"), "application/xml")
            : Answer(200, _core.Files.Content(file), file.Row.Text("mime_type")!);
    }

    // One page that says what it is; enough for a reader to open it.
    private byte[] Document(string kind, string id)
    {
        var order = _core.Orders.Documents.Find(id)?.Row;
        var title = kind == "invoice" ? "Invoice " : "Receipt ";
        var number = order?.Text(kind == "invoice" ? "invoice_number" : "receipt_number");
        var lines = new List<string> { "BT /F1 18 Tf 72 760 Td (" + title + number + ") Tj ET" };
        var content = string.Join("\n", lines);
        var objects = new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        var text = "%PDF-1.4\n";
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(text.Length);
            text += $"{i + 1} 0 obj\n{objects[i]}\nendobj\n";
        }

        var start = text.Length;
        text += $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n";
        text += string.Concat(offsets.Select(offset => $"{offset:D10} 00000 n \n"));
        text += $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n";
        return Json.FromText(text);
    }
}

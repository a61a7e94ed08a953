using PolarPS.Client.Models;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What files send, and what comes of the answers.</summary>
public sealed class FilesTests
{
    [Fact]
    public async Task FilesAreSent()
    {
        await ListsAsync(
            polar => polar.Files.List(new FileQuery { OrganizationId = [Id], Ids = [Id, Other] }),
            $"/v1/files/?organization_id={Id}&ids={Id}&ids={Other}"
        );
        await SendsAsync(
            polar =>
                polar.Files.CreateAsync(
                    new FileCreate
                    {
                        Service = "downloadable",
                        Name = "setup.zip",
                        MimeType = "application/zip",
                        Size = 5_000_000_000,
                        Upload = new FileUploadInput
                        {
                            Parts =
                            [
                                new FileUploadPartInput
                                {
                                    Number = 1,
                                    ChunkStart = 0,
                                    ChunkEnd = 5_000_000_000,
                                    ChecksumSha256Base64 = "c2hh",
                                },
                            ],
                        },
                    }
                ),
            "POST /v1/files/",
            """{"service":"downloadable","name":"setup.zip","mime_type":"application/zip","size":5000000000,"upload":{"parts":[{"number":1,"chunk_start":0,"chunk_end":5000000000,"checksum_sha256_base64":"c2hh"}]}}"""
        );
        await SendsAsync(
            polar =>
                polar.Files.UploadedAsync(
                    Id,
                    new FileUploadCompleted
                    {
                        Id = "up",
                        Path = "p/setup.zip",
                        Parts =
                        [
                            new FileUploadCompletedPart
                            {
                                Number = 1,
                                ChecksumEtag = "\"e\"",
                                ChecksumSha256Base64 = null,
                            },
                        ],
                    }
                ),
            $"POST /v1/files/{Id}/uploaded",
            """{"id":"up","path":"p/setup.zip","parts":[{"number":1,"checksum_etag":"\"e\"","checksum_sha256_base64":null}]}"""
        );
        await SendsAsync(
            polar => polar.Files.UpdateAsync(Id, new FileUpdate { Name = "b.zip", Version = null }),
            $"PATCH /v1/files/{Id}",
            """{"name":"b.zip","version":null}"""
        );
        await SendsAsync(polar => polar.Files.DeleteAsync(Id), $"DELETE /v1/files/{Id}");
    }

    [Fact]
    public async Task ANewFileSaysWhereItsPartsGo()
    {
        var polar = Answering(
            """
            {"name":"setup.zip","size":10,"upload":{"id":"up","path":"p","parts":[{"number":1,"chunk_start":0,"chunk_end":10,
             "url":"https://store.test/?X-Amz-Signature=s","expires_at":"2026-11-22T04:00:00Z","headers":{"x-amz-checksum-sha256":"c2hh"}}]}}
            """
        );

        var file = await polar.Files.CreateAsync(new FileCreate { Name = "setup.zip" });

        var part = Assert.Single(file.Upload!.Parts!);
        Assert.Equal("c2hh", part.Headers!["x-amz-checksum-sha256"]);
        Assert.Equal("part 1", part.ToString());
        Assert.Equal(10, part.ChunkEnd);
    }
}

using System.IO.Compression;
using FrozenSeg.Serving.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

public class ExportedFilesTests
{
    [Theory]
    [InlineData("coco/a b.json", "application/json", "a_b.json")]
    [InlineData("mask\"\r\n.png", "application/octet-stream", "mask___.png")]
    public async Task Answer_OneFile_IsTheFileUnderAPlainName(string path, string type, string name)
    {
        (HttpResponse response, byte[] body) = await AnswerAsync((path, [1, 2]));

        Assert.Equal(
            (type, $"attachment; filename=\"{name}\""),
            (response.ContentType, response.Headers.ContentDisposition.ToString()));
        Assert.Equal([1, 2], body);
    }

    [Fact]
    public async Task Answer_SeveralFiles_AreAZipOfThem()
    {
        (HttpResponse response, byte[] body) = await AnswerAsync(("a.json", [1]), ("masks/b.png", [2, 3]));

        using var zip = new ZipArchive(new MemoryStream(body));
        Assert.Equal(
            ("application/zip", "attachment; filename=\"coco.zip\""),
            (response.ContentType, response.Headers.ContentDisposition.ToString()));
        Assert.Equal(
            [("a.json", 1), ("masks/b.png", 2)], zip.Entries.Select(entry => (entry.FullName, (int)entry.Length)));
    }

    [Fact]
    public async Task Execute_Answer_IsNotKeptNorTakenInByOtherSites()
    {
        (HttpResponse response, _) = await AnswerAsync(("a.json", [1]));

        Assert.Equal((200, 1), (response.StatusCode, response.ContentLength));
        Assert.Equal(
            ("nosniff", "same-origin", "no-store"),
            (
                response.Headers.XContentTypeOptions.ToString(),
                response.Headers["Cross-Origin-Resource-Policy"].ToString(),
                response.Headers.CacheControl.ToString()));
    }

    private static async Task<(HttpResponse Response, byte[] Body)> AnswerAsync(
        params (string Path, byte[] Content)[] files)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await ExportedFiles.Answer(files, "coco").ExecuteAsync(context);
        return (context.Response, body.ToArray());
    }
}

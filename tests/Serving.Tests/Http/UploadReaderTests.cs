using System.Text;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

public sealed class UploadReaderTests : IDisposable
{
    private const string Picture = "Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\npixels";
    private const string Options = "Content-Disposition: form-data; name=\"options\"\r\n\r\n{\"method\":\"car\"}";

    private readonly TemporaryFolder _folder = new();
    private readonly FolderArtefactStore _store;
    private readonly ByteBudget _budget = new(1 << 20);

    public UploadReaderTests() => _store = new FolderArtefactStore(_folder.Root, Disk.Unflushed);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_Form_IsTheRequestAndThePictureInEitherOrder()
    {
        foreach (string[] parts in (string[][])[[Picture, Options], [Options, Picture]])
        {
            await using UploadedRequest upload = await ReadFormAsync(parts);

            Assert.Equal("car", upload.Request.Method);
            Assert.Equal(("a.png", 6), (upload.Picture!.Name, (int)upload.Picture.Content.Reference.Length));
        }

        Assert.Empty(Directory.GetFiles(_folder.Path("images")));
    }

    [Fact]
    public async Task Read_FormWithoutAPart_IsWhatTheOtherSays()
    {
        await using UploadedRequest picture = await ReadFormAsync(
            "Content-Disposition: form-data; name=\"image\"\r\n\r\npixels");
        await using UploadedRequest options = await ReadFormAsync(Options);

        Assert.Equal((null, "image"), (picture.Request.Method, picture.Picture!.Name));
        Assert.Equal(("car", null), (options.Request.Method, options.Picture));
    }

    [Fact]
    public async Task Read_PartTwiceOrForNothing_IsRefusedAndLeavesNothing()
    {
        string[][] forms =
        [
            [Picture, Picture],
            [Picture, Options, Options],
            [Picture, "Content-Disposition: form-data; name=\"mask\"\r\n\r\n1"],
            [Picture, "X-Other: 1\r\n\r\n1"],
        ];

        foreach (string[] parts in forms)
        {
            var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(() => ReadFormAsync(parts));
            Assert.Equal("request", refusal.Problems[0].Where);
            Assert.Empty(Directory.GetFiles(_folder.Path("images")));
        }
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    public async Task Read_FormWithoutABoundary_IsRefused(string type)
    {
        await Assert.ThrowsAsync<SegmentationProblemException>(() => ReadAsync(type, "--x--"));
    }

    [Fact]
    public async Task Read_FormThatIsCutShort_IsRefusedAndLeavesNothing()
    {
        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => ReadAsync("multipart/form-data; boundary=x", $"--x\r\n{Picture}\r\n--x\r\nContent-Dis"));

        Assert.Equal("the form is damaged or cut short", refusal.Problems[0].Found);
        Assert.Empty(Directory.GetFiles(_folder.Path("images")));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/problem+json; charset=utf-8")]
    [InlineData("text/json")]
    [InlineData(null)]
    public async Task Read_Json_IsTheRequest(string? type)
    {
        Assert.Equal("car", (await ReadAsync(type, "{\"method\":\"car\"}")).Request.Method);
    }

    [Fact]
    public async Task Read_AnythingElse_IsNotATypeItTakes()
    {
        var refusal = await Assert.ThrowsAsync<ApiProblemException>(() => ReadAsync("image/png", "pixels"));

        Assert.Equal(415, refusal.StatusCode);
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("identity", true)]
    public async Task Read_CompressedBody_IsNotTaken(string encoding, bool isTaken)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers.ContentEncoding = encoding;
        request.Body = new MemoryStream("{}"u8.ToArray());
        Task<UploadedRequest> reading = new UploadReader(new ApiOptions(), _store).ReadAsync(
            request, _budget.Open(), default);

        if (isTaken)
            await (await reading).DisposeAsync();
        else
            Assert.Equal(415, (await Assert.ThrowsAsync<ApiProblemException>(() => reading)).StatusCode);
    }

    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData("\"a\\\"b.png\"", "a\"b.png")]
    [InlineData("\"a\\\\b.png\"", "a\\b.png")]
    public async Task Read_NameOfAPicture_IsUnescaped(string written, string expected)
    {
        await using UploadedRequest upload = await ReadFormAsync(
            $"Content-Disposition: form-data; name=\"image\"; filename={written}\r\n\r\npixels");

        Assert.Equal(expected, upload.Picture!.Name);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public async Task Read_Picture_IsTakenUpToItsLimit(int most, bool isTaken)
    {
        Task<UploadedRequest> reading = ReadFormAsync(new ApiOptions { MaxImageBytes = most }, Picture);

        if (isTaken)
            await (await reading).DisposeAsync();
        else
            Assert.Equal(413, (await Assert.ThrowsAsync<ApiProblemException>(() => reading)).StatusCode);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(15, false)]
    public async Task Read_Options_AreTakenUpToTheirLimit(int most, bool areTaken)
    {
        Task<UploadedRequest> reading = ReadFormAsync(new ApiOptions { MaxOptionsBytes = most }, Options);

        if (areTaken)
            Assert.Equal("car", (await reading).Request.Method);
        else
            Assert.Equal(413, (await Assert.ThrowsAsync<ApiProblemException>(() => reading)).StatusCode);
    }

    // What is announced is taken at once, and a picture beside its base64 is three quarters of it more.
    [Fact]
    public async Task Read_AnnouncedJson_TakesItsBytesAndThoseOfThePicture()
    {
        using ByteShare share = _budget.Open();

        await ReadAsync("application/json", "{\"method\":\"car\"}", new ApiOptions(), share, announced: 16);

        Assert.Equal(16 + 12, _budget.Spent);
    }

    [Fact]
    public async Task Read_AnnouncedBodyAboveTheLimit_IsRefusedUnread()
    {
        var options = new ApiOptions { MaxImageBytes = 3, MaxOptionsBytes = 0 };
        using ByteShare share = _budget.Open();

        var refusal = await Assert.ThrowsAsync<ApiProblemException>(
            () => ReadAsync("application/json", "{}", options, share, announced: options.MaxBodyBytes + 1));

        Assert.Equal((413, 0), (refusal.StatusCode, (int)_budget.Spent));
    }

    private Task<UploadedRequest> ReadFormAsync(params string[] parts) => ReadFormAsync(new ApiOptions(), parts);

    private Task<UploadedRequest> ReadFormAsync(ApiOptions options, params string[] parts) => ReadAsync(
        "multipart/form-data; boundary=x",
        string.Concat(parts.Select(part => $"--x\r\n{part}\r\n")) + "--x--\r\n",
        options,
        _budget.Open());

    private Task<UploadedRequest> ReadAsync(string? type, string body) =>
        ReadAsync(type, body, new ApiOptions(), _budget.Open());

    private Task<UploadedRequest> ReadAsync(
        string? type, string body, ApiOptions options, ByteShare share, long? announced = null)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.ContentType = type;
        request.ContentLength = announced;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return new UploadReader(options, _store).ReadAsync(request, share, default);
    }
}

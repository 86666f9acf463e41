using System.Security.Cryptography;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class ModelDownloaderTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private static readonly DownloadOptions Quick = new() { Pause = TimeSpan.Zero, Attempts = 3, IsOffline = false };

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.Path("sam", "weights.pth");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fetch_WholeFile_AppearsWithItsHash()
    {
        using var server = new LoopbackServer(_ => Whole());
        var shares = new List<double>();

        string hash = await Fetch(server, Quick, new Shares(shares));

        Assert.Equal(Hash, hash);
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(Hash, ModelStore.Recorded(Target));
        Assert.Equal(1, shares[^1]);
        Assert.Equal(2, Directory.GetFiles(_folder.Path("sam")).Length);
    }

    [Fact]
    public async Task Fetch_ConnectionsThatAreCut_AreContinued()
    {
        using var server = new LoopbackServer(request => Rest(LoopbackServer.Start(request), most: 60_000));

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(4, server.Requests.Count);
        Assert.Contains("Range: bytes=60000-", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"v1\"", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ProgramThatWasStopped_GoesOnFromThere()
    {
        Directory.CreateDirectory(_folder.Path("sam"));
        File.WriteAllBytes(Target + ".part", Content[..150_000]);
        using var server = new LoopbackServer(request => Rest(LoopbackServer.Start(request), Content.Length));

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Contains("bytes=150000-", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ServerWithoutRanges_StartsAgain()
    {
        Directory.CreateDirectory(_folder.Path("sam"));
        File.WriteAllBytes(Target + ".part", new byte[1000]);
        using var server = new LoopbackServer(_ => Whole());

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Fetch_OtherHash_IsRefusedAndDeleted()
    {
        using var server = new LoopbackServer(_ => ("HTTP/1.1 200 OK\r\nContent-Length: 3", "abc"u8.ToArray()));

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(() => Fetch(server, Quick));

        Assert.Contains($"instead of {Hash}", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path("sam"), "weights.pth*"));
    }

    [Fact]
    public async Task Fetch_OtherSize_IsRefusedBeforeItIsFetched()
    {
        using var server = new LoopbackServer(_ => Whole());
        var file = new ModelFileDescriptor(ModelRole.Sam, "weights.pth", server.Url(), 5, null);

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => new ModelDownloader(Quick).FetchAsync(file, Target));

        Assert.Contains("200,000 bytes instead of 5", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Fetch_Redirect_IsFollowed()
    {
        using var store = new LoopbackServer(request => Rest(LoopbackServer.Start(request), Content.Length));
        using var server = new LoopbackServer(
            _ => ($"HTTP/1.1 302 Found\r\nLocation: {store.Url()}\r\nContent-Length: 0", []));

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Fetch_Proxy_IsAskedForTheWholeAddress()
    {
        using var proxy = new LoopbackServer(_ => Whole());
        var file = new ModelFileDescriptor(
            ModelRole.Sam, "weights.pth", "http://models.invalid/weights.pth", null, Hash);

        await new ModelDownloader(Quick with { Proxy = new Uri(proxy.Url("")) }).FetchAsync(file, Target);

        Assert.StartsWith(
            "GET http://models.invalid/weights.pth", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", "answers 404")]
    [InlineData("503 Busy", "answers 503")]
    public async Task Fetch_ServerThatRefuses_IsSaid(string status, string found)
    {
        using var server = new LoopbackServer(_ => ($"HTTP/1.1 {status}\r\nContent-Length: 0", []));

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(() => Fetch(server, Quick));

        Assert.Contains(found, failure.Message, StringComparison.Ordinal);
        Assert.Equal(status.StartsWith('5') ? 3 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_Offline_AsksNobody()
    {
        using var server = new LoopbackServer(_ => Whole());

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => Fetch(server, Quick with { IsOffline = true }));

        Assert.Contains("offline", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("206 Partial Content", "Content-Range: bytes 100000-199999/200000", 100_000)]
    [InlineData("200 OK", "Content-Range: bytes 100000-199999/200000", 100_000)]
    public async Task Fetch_PartThatBeginsEarlier_IsPutWhereItBelongs(string status, string range, int start)
    {
        Begin(Content[..150_000]);
        using var server = new LoopbackServer(
            _ => ($"HTTP/1.1 {status}\r\n{range}\r\nContent-Length: {Content.Length - start}", Content[start..]));

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Content-Range: bytes 180000-199999/200000")]
    [InlineData("X-None: 0")]
    [InlineData("Content-Type: multipart/byteranges; boundary=x")]
    public async Task Fetch_PartThatCannotBePlaced_AsksForTheWhole(string header)
    {
        Begin(Content[..150_000]);
        using var server = new LoopbackServer(request => request.Contains("Range:", StringComparison.OrdinalIgnoreCase)
            ? ($"HTTP/1.1 206 Partial Content\r\n{header}\r\nContent-Length: 20000", Content[180_000..])
            : Whole());

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_PartsAlone_EndWithAProblem()
    {
        using var server = new LoopbackServer(
            _ => ("HTTP/1.1 206 Partial Content\r\nContent-Length: 3", "abc"u8.ToArray()));

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(() => Fetch(server, Quick));

        Assert.Contains("sends other parts than were asked for", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_EarlierPartOfAnotherFile_IsFetchedAgainBeforeAnybodyIsBlamed()
    {
        Begin(new byte[150_000]);
        using var server = new LoopbackServer(request => Rest(LoopbackServer.Start(request), Content.Length));

        await Fetch(server, Quick);

        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><title>Sign in</title>", "what came is an HTML page ('Sign in')")]
    [InlineData("version https://git-lfs.github.com/spec/v1\nsize 5\n", "what came is a Git LFS pointer to 5 bytes")]
    [InlineData("", "what came is an empty file")]
    [InlineData("anything", "what came is neither safetensors nor a PyTorch checkpoint")]
    public async Task Fetch_NothingIsPublishedAndWhatComesIsNoWeights_IsNotKept(string body, string found)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);
        using var server = new LoopbackServer(_ => ($"HTTP/1.1 200 OK\r\nContent-Length: {bytes.Length}", bytes));
        var file = new ModelFileDescriptor(ModelRole.Sam, "weights.pth", server.Url(), null, null);

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => new ModelDownloader(Quick).FetchAsync(file, Target));

        Assert.Contains(found, failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Fetch_HubStatesItsHash_IsComparedWhereNoneIsPublished()
    {
        using var store = new LoopbackServer(_ => ("HTTP/1.1 200 OK\r\nContent-Length: 4", "PK\x03\x04"u8.ToArray()));
        using var hub = new LoopbackServer(_ => (
            $"HTTP/1.1 302 Found\r\nLocation: {store.Url()}\r\nX-Linked-Size: 4\r\nX-Linked-ETag: "
                + $"\"{Hash}\"\r\nContent-Length: 0", []));
        var file = new ModelFileDescriptor(
            ModelRole.Sam, "weights.pth", "https://huggingface.co/who/what/resolve/main/weights.pth", null, null);

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(() =>
            new ModelDownloader(Quick with { HubEndpoint = hub.Url("").TrimEnd('/'), HubToken = "secret" })
                .FetchAsync(file, Target));

        Assert.Contains($"instead of {Hash}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer secret", Assert.Single(hub.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Assert.Single(store.Requests), StringComparison.Ordinal);
    }

    private void Begin(byte[] part)
    {
        Directory.CreateDirectory(_folder.Path("sam"));
        File.WriteAllBytes(Target + ".part", part);
    }

    private Task<string> Fetch(LoopbackServer server, DownloadOptions options, IProgress<double>? progress = null) =>
        new ModelDownloader(options).FetchAsync(
            new ModelFileDescriptor(ModelRole.Sam, "weights.pth", server.Url(), null, Hash), Target, progress);

    private static (string, byte[]) Whole() => ($"HTTP/1.1 200 OK\r\nContent-Length: {Content.Length}", Content);

    // Announces all that is left, and cuts the connection after some of it.
    private static (string, byte[]) Rest(int start, int most)
    {
        byte[] rest = Content[start..Math.Min(Content.Length, start + most)];
        string head = start == 0
            ? $"HTTP/1.1 200 OK\r\nContent-Length: {Content.Length}"
            : $"HTTP/1.1 206 Partial Content\r\nContent-Length: {Content.Length - start}\r\nContent-Range: bytes "
                + $"{start}-{Content.Length - 1}/{Content.Length}";
        return (head + "\r\nETag: \"v1\"", rest);
    }

    private sealed class Shares(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}

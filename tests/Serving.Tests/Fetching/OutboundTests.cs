using System.Net;
using System.Text;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Fetching;

public sealed class OutboundTests : IAsyncLifetime
{
    private static readonly OutboundOptions Options = new()
    {
        FetchTimeout = TimeSpan.FromSeconds(20),
        CallbackTimeout = TimeSpan.FromSeconds(20),
        MaxBytes = 1000,
    };

    private readonly List<string> _received = [];
    private FakeInternet _internet = null!;

    public async Task InitializeAsync() => _internet = await FakeInternet.StartAsync(AnswerAsync);

    public async Task DisposeAsync() => await _internet.DisposeAsync();

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void IsPublic_Address_IsKnown(string address, bool isPublic)
    {
        Assert.Equal(isPublic, PublicAddresses.IsPublic(IPAddress.Parse(address)));
    }

    [Fact]
    public async Task Fetch_PublicAddress_BringsThePicture()
    {
        FetchedPicture picture = await FetchAsync("https://good.example/albums/a%20b.png?size=1");

        Assert.Equal(("a b.png", "picture"), (picture.Name, Encoding.UTF8.GetString(picture.Content)));
        Assert.Equal(IPAddress.Parse("93.184.216.34"), Assert.Single(_internet.Connections));
    }

    [Fact]
    public async Task Fetch_RedirectToPublicAddress_IsFollowed()
    {
        Assert.Equal("a.png", (await FetchAsync("https://good.example/redirect?https://good.example/a.png")).Name);
    }

    [Theory]
    [InlineData("https://127.0.0.1/a.png")]
    [InlineData("https://[::1]/a.png")]
    [InlineData("https://169.254.169.254/metadata")]
    [InlineData("https://2130706433/a.png")]
    [InlineData("https://private.example/a.png")]
    [InlineData("https://mixed.example/a.png")]
    [InlineData("https://good.example/redirect?https://private.example/a.png")]
    [InlineData("https://good.example/redirect?https://10.0.0.1/a.png")]
    [InlineData("https://good.example/redirect?http://good.example/a.png")]
    [InlineData("https://good.example/redirect?file:///etc/passwd")]
    [InlineData("https://good.example/redirect?https://user:secret@good.example/a.png")]
    [InlineData("https://good.example/loop")]
    [InlineData("http://good.example/a.png")]
    public async Task Fetch_AddressThatIsNotPublicOrNotPlain_IsRefusedForGood(string url)
    {
        _internet.Names["private.example"] = ["10.0.0.7"];
        _internet.Names["mixed.example"] = ["93.184.216.34", "192.168.0.1"];

        SegmentationProblem problem = await ProblemAsync(() => FetchAsync(url));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.All(_internet.Connections, address => Assert.True(PublicAddresses.IsPublic(address)));
    }

    [Theory]
    [InlineData("https://good.example/large", ProblemKind.InvalidImage, "more than 1,000 bytes")]
    [InlineData("https://good.example/endless", ProblemKind.InvalidImage, "more than 1,000 bytes")]
    [InlineData("https://good.example/missing", ProblemKind.InvalidRequest, "404")]
    [InlineData("https://good.example/broken", ProblemKind.Unavailable, "503")]
    [InlineData("https://unknown.example/a.png", ProblemKind.InvalidRequest, "not the name of a public address")]
    public async Task Fetch_NoUsefulAnswer_SaysSo(string url, ProblemKind kind, string found)
    {
        SegmentationProblem problem = await ProblemAsync(() => FetchAsync(url));

        Assert.Equal(kind, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ServerThatHangs_IsGivenUp()
    {
        SegmentationProblem problem = await ProblemAsync(
            () => FetchAsync(
                "https://good.example/hang", Options with { FetchTimeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Contains("in time", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callback_PublicAddress_ReceivesTheDocument()
    {
        Assert.Equal(200, await SendAsync("https://good.example/done"));
        Assert.Equal(["""{"id":"a"}"""], _received);
    }

    [Theory]
    [InlineData("https://127.0.0.1/done")]
    [InlineData("https://private.example/done")]
    [InlineData("https://good.example/redirect?https://10.0.0.1/")]
    [InlineData("http://good.example/done")]
    public async Task Callback_AddressThatIsNotPublicOrRedirects_IsRefused(string url)
    {
        _internet.Names["private.example"] = ["10.0.0.7"];

        Assert.Equal(ProblemKind.InvalidRequest, (await ProblemAsync(() => SendAsync(url))).Kind);
    }

    [Fact]
    public async Task Callback_ThatHangs_IsGivenUp()
    {
        SegmentationProblem problem = await ProblemAsync(
            () => SendAsync(
                "https://good.example/hang", Options with { CallbackTimeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Contains("in time", problem.Found, StringComparison.Ordinal);
    }

    private async Task<FetchedPicture> FetchAsync(string url, OutboundOptions? options = null)
    {
        using var fetcher = new UrlFetcher(options ?? Options, _internet);
        return await fetcher.FetchAsync(new ImageSource { Url = url }, default);
    }

    private async Task<int> SendAsync(string url, OutboundOptions? options = null)
    {
        using var sender = new CallbackSender(options ?? Options, _internet);
        return await sender.SendAsync(url, "a", """{"id":"a"}"""u8.ToArray(), default);
    }

    private static async Task<SegmentationProblem> ProblemAsync(Func<Task> work) =>
        Assert.Single((await Assert.ThrowsAsync<SegmentationProblemException>(work)).Problems);

    private async Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        switch (context.Request.Path.Value)
        {
            case "/redirect":
                response.StatusCode = 302;
                response.Headers.Location = context.Request.QueryString.Value![1..];
                break;
            case "/loop":
                response.Redirect("/loop");
                break;
            case "/large":
                response.ContentLength = 5000;
                await response.Body.WriteAsync(new byte[5000]);
                break;
            case "/endless":
                while (!context.RequestAborted.IsCancellationRequested)
                    await response.Body.WriteAsync(new byte[500], context.RequestAborted);
                break;
            case "/missing":
                response.StatusCode = 404;
                break;
            case "/broken":
                response.StatusCode = 503;
                break;
            case "/hang":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "/done":
                _received.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
                break;
            default:
                await response.WriteAsync("picture");
                break;
        }
    }
}

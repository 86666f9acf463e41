using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>What callers of any route are sending as JSON counts together (<c>--body-memory</c>).</summary>
public sealed class BodyMemoryTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServedProcess _service = null!;

    public async Task InitializeAsync() => _service = await ServedProcess.StartAsync(
        "--state", _folder.Path("state"), "--threads", "1", "--sam", "nano", "--body-memory", "1");

    public async Task DisposeAsync() => await _service.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/label-studio/predict")]
    [InlineData("/x-anylabeling/v1/predict")]
    public async Task Body_ThatIsStillSent_LeavesNoRoomForAnother(string route)
    {
        using var client = new HttpClient { BaseAddress = _service.Address };
        using (var sender = new TcpClient(_service.Address.Host, _service.Address.Port))
        {
            await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {route} HTTP/1.1\r\nHost: {_service.Address.Authority}\r\nContent-Type: "
                    + $"application/json\r\nContent-Length: {3 << 20}\r\n\r\n"));
            await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 2 << 20)));

            await WaitForAsync(client, 2 << 20);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(client));
        }

        await WaitForAsync(client, 0);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(client));
    }

    private static async Task WaitForAsync(HttpClient client, int bytes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var figure = new Regex($@"^frozenseg_body_memory_bytes\S* {bytes}\r?$", RegexOptions.Multiline);
        while (!figure.IsMatch(await client.GetStringAsync("/metrics", limit.Token)))
            await Task.Delay(50, limit.Token);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync("/label-studio/predict", body);
        return answer.StatusCode;
    }
}

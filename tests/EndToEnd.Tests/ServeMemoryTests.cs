using System.Buffers.Binary;
using System.Net;
using System.Text;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>
/// What a crowd of large posts takes of the memory of <c>frozenseg serve</c>, and that it is given back.
/// </summary>
public sealed class ServeMemoryTests : IDisposable
{
    private const int Posts = 12, Side = 4600, TakingMegabytes = 1_700, IdleMegabytes = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Suite", "Slow")]
    public async Task Posts_TwelveOf85Megabytes_TakeABudgetAndGiveItBack()
    {
        if (!OperatingSystem.IsLinux())
            return;
        byte[] body = Body();
        await using ServedProcess service = await ServedProcess.StartAsync("--state", _folder.Root);
        // Whoever asks before sending is told at once; one who sends 85 MB to a service that has refused them may find
        // the connection closed before the answer.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = Patience };
        using var client = new HttpClient(handler) { BaseAddress = service.Address, Timeout = Patience };
        client.DefaultRequestHeaders.ExpectContinue = true;
        int atStart = service.Megabytes("VmRSS");

        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, Posts).Select(_ => client.PostAsync("/api/segmentations", Content(body))));

        int taking = service.Megabytes("VmHWM");
        int refused = answers.Count(
            answer => answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null);
        int taken = answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted);
        Assert.Equal(Posts, taken + refused);
        Assert.NotEqual(0, taken);
        Assert.NotEqual(0, refused);
        await Task.WhenAll(answers.Where(answer => answer.Headers.Location is not null).Select(
            answer => EndAsync(client, answer.Headers.Location!)));
        int idle = await IdleAsync(service);
        int most = service.Megabytes("VmHWM");
        Assert.InRange(taking, 0, TakingMegabytes);
        Assert.InRange(idle, 0, IdleMegabytes);
        CampaignTable.Add(
            "memory",
            $"{Posts} bodies of {body.Length / 1_000_000} MB at once, as JSON",
            1,
            $"{taken} taken, {refused} asked to come again; {atStart} MB before, {taking:N0} at the most while they "
                + $"came, {most:N0} while their 21 megapixels were segmented, {idle} when idle again");
    }

    private static ByteArrayContent Content(byte[] body) =>
        new(body) { Headers = { { "Content-Type", "application/json" } } };

    private static async Task EndAsync(HttpClient client, Uri location)
    {
        while (!(await client.GetStringAsync(location)).Contains("\"ended\"", StringComparison.Ordinal))
            await Task.Delay(200);
    }

    // It looks every ten seconds whether there is nothing to do.
    private static async Task<int> IdleAsync(ServedProcess service)
    {
        int idle = int.MaxValue;
        for (int look = 0; look < 25 && idle > IdleMegabytes; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            idle = service.Megabytes("VmRSS");
        }

        return idle;
    }

    // A white BMP, in base64 inside of a request.
    private static byte[] Body()
    {
        var picture = new byte[54 + (3 * Side * Side)];
        picture.AsSpan(54).Fill(255);
        "BM"u8.CopyTo(picture);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(2), picture.Length);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(18), Side);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(22), Side);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(26), 1 | (24 << 16));
        string bytes = Convert.ToBase64String(picture);
        return Encoding.ASCII.GetBytes(
            $$"""{ "method": "automask", "settings": { "points_per_side": "1" }, "image": { "bytes": "{{bytes}}" } }""");
    }
}

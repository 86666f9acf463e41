using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Fetching;

/// <summary>
/// Signs callbacks as Standard Webhooks describes: <c>webhook-id</c>, <c>webhook-timestamp</c>, and in
/// <c>webhook-signature</c> an HMAC-SHA256 for each secret, so that a secret can be replaced while both are valid. Safe
/// for many callers.
/// </summary>
internal sealed class WebhookSigner
{
    private const string Prefix = "whsec_", Version = "v1,";
    private const int LeastBytes = 24, MostBytes = 64;

    private readonly byte[][] _secrets;
    private readonly TimeProvider _time;

    /// <param name="secrets">Each <c>whsec_</c> and 24 to 64 bytes in base64; none signs nothing.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SegmentationProblemException">A secret is not one.</exception>
    public WebhookSigner(IReadOnlyList<string> secrets, TimeProvider time)
    {
        _secrets = [.. secrets.Select(Parse)];
        _time = time;
    }

    /// <summary>Adds the three headers; nothing without secrets.</summary>
    /// <param name="request">The callback.</param>
    /// <param name="id">Id of the message; the same when it is sent again.</param>
    /// <param name="body">Its body.</param>
    public void Sign(HttpRequestMessage request, string id, ReadOnlySpan<byte> body)
    {
        if (_secrets.Length == 0)
            return;
        string timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add(
            "webhook-signature",
            string.Join(
                ' ', _secrets.Select(secret => Version + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)))));
    }

    private static byte[] Parse(string secret)
    {
        var bytes = new byte[MostBytes + 3];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out int count)
            && count is >= LeastBytes and <= MostBytes
                ? bytes[..count]
                : throw SegmentationProblem.InvalidRequest(
                    "callback secret",
                    "it is not a secret for webhooks",
                    $"Give {Prefix} and {LeastBytes} to {MostBytes} random bytes in base64");
    }
}

using System.Net;
using System.Net.Http.Headers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Fetching;

/// <summary>Posts to https addresses in the open internet; follows no redirect and waits for nobody long.</summary>
internal sealed class CallbackSender : ICallbackSender, IDisposable
{
    private readonly OutboundOptions _options;
    private readonly HttpClient _client;
    private readonly WebhookSigner _signer;

    /// <param name="options">Limits, and secrets to sign with.</param>
    /// <exception cref="SegmentationProblemException">A secret is not one.</exception>
    public CallbackSender(OutboundOptions options)
        : this(options, new OutboundConnections())
    {
    }

    internal CallbackSender(OutboundOptions options, OutboundConnections connections)
    {
        _options = options;
        _client = connections.CreateClient();
        _signer = new WebhookSigner(options.CallbackSecrets, TimeProvider.System);
    }

    /// <inheritdoc/>
    public async Task<int> SendAsync(
        string address, string message, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        Uri target = OutboundAddress.Check(
            "callback", Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri : null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.CallbackTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target)
            {
                Content = new ReadOnlyMemoryContent(json),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            _signer.Sign(request, message, json.Span);
            // The body is not read: whatever the address has to say, its status code says enough.
            using HttpResponseMessage answer = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode
                ? (int)answer.StatusCode
                : throw Refused(target, answer.StatusCode).ToException();
        }
        catch (Exception failure) when (OutboundAddress.IsUnanswered(failure, cancellation))
        {
            throw OutboundAddress.Explain($"callback {target.Host}", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static SegmentationProblem Refused(Uri target, HttpStatusCode code) => new(
        (int)code >= 500 || code is HttpStatusCode.TooManyRequests
            ? ProblemKind.Unavailable
            : ProblemKind.InvalidRequest,
        $"callback {target.Host}",
        $"it answers {(int)code}",
        "Answer callbacks with 2xx");
}

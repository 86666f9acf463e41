using System.Net;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Fetching;

/// <summary>
/// Fetches pictures from https addresses in the open internet; each redirect is checked like the first address.
/// </summary>
internal sealed class UrlFetcher : IPictureFetcher, IDisposable
{
    private const string DefaultName = "image";
    private const int Chunk = 1 << 16;

    private readonly OutboundOptions _options;
    private readonly HttpClient _client;

    /// <param name="options">Limits.</param>
    public UrlFetcher(OutboundOptions options)
        : this(options, new OutboundConnections())
    {
    }

    internal UrlFetcher(OutboundOptions options, OutboundConnections connections)
    {
        _options = options;
        _client = connections.CreateClient();
    }

    /// <inheritdoc/>
    public async Task<FetchedPicture> FetchAsync(ImageSource source, CancellationToken cancellation)
    {
        Uri first = OutboundAddress.Check(
            "image.url", Uri.TryCreate(source.Url, UriKind.Absolute, out Uri? uri) ? uri : null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.FetchTimeout);
        try
        {
            return await FollowAsync(first, limit.Token);
        }
        catch (Exception failure) when (OutboundAddress.IsUnanswered(failure, cancellation))
        {
            throw OutboundAddress.Explain(first.Host, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<FetchedPicture> FollowAsync(Uri address, CancellationToken cancellation)
    {
        for (int hop = 0; hop <= _options.MaxRedirects; hop++)
        {
            using HttpResponseMessage answer = await _client.GetAsync(
                address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!IsRedirect(answer.StatusCode))
                return await ReadAsync(answer, address, cancellation);
            Uri? next = answer.Headers.Location is Uri location ? new Uri(address, location) : null;
            address = OutboundAddress.Check(address.Host, next);
        }

        throw Problem(
            ProblemKind.InvalidRequest,
            address,
            $"it redirects more than {_options.MaxRedirects} times",
            "Give the final address");
    }

    private async Task<FetchedPicture> ReadAsync(
        HttpResponseMessage answer, Uri address, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
        {
            bool mayPass = (int)answer.StatusCode >= 500
                || answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
            throw Problem(
                mayPass ? ProblemKind.Unavailable : ProblemKind.InvalidRequest,
                address,
                $"it answers {(int)answer.StatusCode} {answer.ReasonPhrase}",
                "Check the address");
        }

        if (answer.Content.Headers.ContentLength > _options.MaxBytes)
            throw TooLarge(address);
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellation);
        using var content = new MemoryStream();
        byte[] chunk = new byte[Chunk];
        while (await body.ReadAsync(chunk, cancellation) is int count and > 0)
        {
            if (content.Length + count > _options.MaxBytes)
                throw TooLarge(address);
            content.Write(chunk, 0, count);
        }

        return new FetchedPicture(NameOf(address), content.ToArray());
    }

    private SegmentationProblemException TooLarge(Uri address) =>
        Problem(
            ProblemKind.InvalidImage,
            address,
            $"the picture has more than {_options.MaxBytes:N0} bytes",
            "Compress or shrink it");

    private static string NameOf(Uri address) =>
        Uri.UnescapeDataString(address.Segments[^1]).Trim('/') is { Length: > 0 and <= 200 } name
            && !name.Any(char.IsControl)
            && !name.Contains('/', StringComparison.Ordinal)
            ? name
            : DefaultName;

    private static bool IsRedirect(HttpStatusCode code) => code
        is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static SegmentationProblemException Problem(ProblemKind kind, Uri address, string found, string remedy) =>
        new SegmentationProblem(kind, address.Host, found, remedy).ToException();
}

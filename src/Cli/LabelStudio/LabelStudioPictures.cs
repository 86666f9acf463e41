using System.Net.Http.Headers;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>
/// The pictures of tasks: from the one Label Studio that was named, with its token; from elsewhere only where the
/// service fetches pictures at all.
/// </summary>
/// <param name="home">Address of Label Studio; null when none was named.</param>
/// <param name="token">Its access token; null without one.</param>
/// <param name="fetcher">Fetches from elsewhere; null fetches nothing.</param>
internal sealed class LabelStudioPictures(Uri? home, string? token, IPictureFetcher? fetcher) : IDisposable
{
    private const long MostBytes = 64L << 20;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Fetches a task's picture.</summary>
    /// <exception cref="SegmentationProblemException">The address is not to be fetched from, or does not
    /// answer.</exception>
    public async Task<FetchedPicture> FetchAsync(string? address, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(address))
            throw SegmentationProblem.InvalidRequest(
                "task", "the task names no picture", "Check the project's labelling interface");
        if (home is not null
            && Uri.TryCreate(home, address, out Uri? target)
            && target.Authority == home.Authority
            && target.Scheme == home.Scheme)
            return await FetchHomeAsync(target, cancellation);
        if (fetcher is not null)
            return await fetcher.FetchAsync(new ImageSource { Url = address }, cancellation);
        throw SegmentationProblem.InvalidRequest(
            "task",
            $"its picture is not at {home?.ToString() ?? "a Label Studio that was named"}",
            "Name the Label Studio with --label-studio, or allow other addresses with --allow-urls");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<FetchedPicture> FetchHomeAsync(Uri target, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Token", token);
            using HttpResponseMessage answer = await _client.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode
                ? new FetchedPicture(
                    Path.GetFileName(target.AbsolutePath), await answer.Content.ReadAsByteArrayAsync(cancellation))
                : throw SegmentationProblem.InvalidRequest(
                    "task",
                    $"Label Studio answers {(int)answer.StatusCode} for the picture",
                    "Give its access token with --label-studio-token");
        }
        catch (Exception failure) when (
            failure is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw SegmentationProblem.InvalidRequest(
                "task",
                $"Label Studio does not answer ({failure.Message.TrimEnd('.')})",
                "Check --label-studio",
                failure);
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>
/// Fetches weight files: goes on where a cut connection or a stopped program left off, checks size and SHA-256, and lets a
/// file appear under its name only when it is whole.
/// </summary>
/// <param name="options">How.</param>
public sealed class ModelDownloader(DownloadOptions options)
{
    private const int BufferSize = 1 << 18;
    private const string PartExtension = ".part", TagExtension = ".part.tag";

    /// <summary>Fetches a file to <paramref name="path"/>.</summary>
    /// <param name="file">What to fetch; it has an address.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="progress">Hears the share done, 0..1, where the length is known.</param>
    /// <param name="cancellation">Stops; the next call goes on from there.</param>
    /// <returns>SHA-256 of the file, lower-case hex.</returns>
    /// <exception cref="SegmentationProblemException">Offline; the server cannot be reached or refuses; the file has another
    /// size or hash than published, or cannot be written.</exception>
    public async Task<string> FetchAsync(
        ModelFileDescriptor file, string path, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (options.IsOffline)
            throw Problem(ProblemKind.Unavailable, file, "it would have to be fetched, and this machine is set to stay offline", "Unset FROZENSEG_OFFLINE, or copy the file there by hand");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await FetchPartAsync(file, path, progress, cancellation);
            string hash = Check(file, path);
            File.Move(path + PartExtension, path, overwrite: true);
            File.Delete(path + TagExtension);
            ModelStore.Record(path, hash);
            return hash;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, path, $"the file cannot be written ({failure.Message})", "Set FROZENSEG_MODELS to another folder")
                .ToException(failure);
        }
    }

    private async Task FetchPartAsync(ModelFileDescriptor file, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        using HttpClient client = Client();
        for (int failures = 0; ;)
        {
            long before = Length(path);
            try
            {
                await ContinueAsync(client, file, path, progress, cancellation);
                return;
            }
            catch (Exception failure) when (IsPassing(failure, cancellation))
            {
                failures = Length(path) > before ? 0 : failures + 1;
                if (failures >= options.Attempts)
                    throw Problem(ProblemKind.Unavailable, file, $"the connection fails ({Innermost(failure).Message})", "Try again later: what has come so far is kept", failure);
                await Task.Delay(options.Pause * (failures + 1), cancellation);
            }
        }
    }

    private async Task ContinueAsync(
        HttpClient client, ModelFileDescriptor file, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(options.Patience);
        long have = Length(path);
        using HttpRequestMessage request = Request(file, path, have);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Either all is here, which the check of the whole will tell, or what is here is of another file.
            if (have > 0 && have == (response.Content.Headers.ContentRange?.Length ?? -1))
                return;
            File.Delete(path + PartExtension);
            throw new HttpRequestException("the file has changed");
        }

        ThrowIfRefused(file, response);
        bool continues = response.StatusCode is HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        if (!continues)
            have = 0;
        KeepTag(path, response);
        long? total = have + response.Content.Headers.ContentLength;
        if (file.Size is long size && total is long announced && announced != size)
            throw Problem(ProblemKind.InvalidModel, file, $"the server has a file of {announced:N0} bytes instead of {size:N0}", "Do not use it; tell the authors");

        await using Stream source = await response.Content.ReadAsStreamAsync(silence.Token);
        await using var target = new FileStream(path + PartExtension, continues ? FileMode.Append : FileMode.Create, FileAccess.Write);
        await CopyAsync(source, target, have, total, progress, silence);
        if (total is long all && target.Length < all)
            throw new HttpIOException(HttpRequestError.ResponseEnded, "it ended early");
    }

    private async Task CopyAsync(
        Stream source, FileStream target, long have, long? total, IProgress<double>? progress, CancellationTokenSource silence)
    {
        var buffer = new byte[BufferSize];
        while (true)
        {
            silence.CancelAfter(options.Patience);
            int read = await source.ReadAsync(buffer, silence.Token);
            if (read == 0)
                return;
            await target.WriteAsync(buffer.AsMemory(0, read), silence.Token);
            have += read;
            if (total is > 0)
                progress?.Report((double)have / total.Value);
        }
    }

    // If-Range: a server whose file has changed sends the whole one again.
    private static HttpRequestMessage Request(ModelFileDescriptor file, string path, long have)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, file.Url);
        if (have == 0)
            return request;
        request.Headers.Range = new RangeHeaderValue(have, null);
        if (File.Exists(path + TagExtension) && EntityTagHeaderValue.TryParse(File.ReadAllText(path + TagExtension), out EntityTagHeaderValue? tag))
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return request;
    }

    private static void KeepTag(string path, HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag)
            File.WriteAllText(path + TagExtension, tag.ToString());
        else
            File.Delete(path + TagExtension);
    }

    private static string Check(ModelFileDescriptor file, string path)
    {
        string part = path + PartExtension, hash = ModelStore.Hash(part);
        long length = Length(path);
        bool hasOtherSize = file.Size is long size && size != length;
        if (!hasOtherSize && (file.Sha256 is null || file.Sha256 == hash))
            return hash;
        File.Delete(part);
        throw Problem(
            ProblemKind.InvalidModel,
            file,
            hasOtherSize ? $"it has {length:N0} bytes instead of {file.Size:N0}" : $"its SHA-256 is {hash} instead of {file.Sha256}",
            "It was deleted; try again, and if it stays so, do not use it");
    }

    private static void ThrowIfRefused(ModelFileDescriptor file, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return;
        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            throw new HttpRequestException($"the server answers {status}");
        throw Problem(ProblemKind.Unavailable, file, $"the server answers {status} to {file.Url}", "Fetch it from the authors' page and import it");
    }

    private HttpClient Client() => new(new SocketsHttpHandler
    {
        Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
        ConnectTimeout = options.Patience,
        MaxAutomaticRedirections = 10,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static bool IsPassing(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static Exception Innermost(Exception failure) => failure.InnerException is null ? failure : Innermost(failure.InnerException);

    private static long Length(string path) => File.Exists(path + PartExtension) ? new FileInfo(path + PartExtension).Length : 0;

    private static SegmentationProblemException Problem(
        ProblemKind kind, ModelFileDescriptor file, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(kind, file.FileName, found, remedy).ToException(cause);
}

using System.Net;
using System.Net.Http.Headers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>
/// Fetches weight files: goes on where a cut connection or a stopped program left off, checks size, SHA-256 and whether
/// they are weights at all, and lets a file appear under its name only when it is whole.
/// </summary>
/// <param name="options">How.</param>
internal sealed class ModelDownloader(DownloadOptions options)
{
    private const int BufferSize = 1 << 18;
    private const string PartExtension = ".part", TagExtension = ".part.tag";

    /// <summary>Fetches a file to <paramref name="path"/>.</summary>
    /// <param name="file">What to fetch; it has an address.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="progress">Hears the share done, 0..1, where the length is known.</param>
    /// <param name="cancellation">Stops; the next call goes on from there.</param>
    /// <returns>SHA-256 of the file, lower-case hex.</returns>
    /// <exception cref="SegmentationProblemException">Offline; the server cannot be reached or refuses; the file has
    /// another size or hash than published, is not a weight file, or cannot be written.</exception>
    public async Task<string> FetchAsync(
        ModelFileDescriptor file,
        string path,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        if (options.IsOffline)
            throw Problem(
                ProblemKind.Unavailable,
                file,
                "it would have to be fetched, and nothing may be",
                "Leave out --offline and unset FROZENSEG_OFFLINE, or copy the file there by hand");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            bool wasBegun = Length(path) > 0;
            ModelFileDescriptor known = await FetchPartAsync(file, path, progress, cancellation);
            (string hash, SegmentationProblemException? problem) = Check(known, path);
            // What an earlier call left may have been of another file: that is not a reason to blame this one.
            if (problem is not null && wasBegun)
            {
                known = await FetchPartAsync(file, path, progress, cancellation);
                (hash, problem) = Check(known, path);
            }

            if (problem is not null)
                throw problem;
            File.Move(path + PartExtension, path, overwrite: true);
            File.Delete(path + TagExtension);
            ModelStore.Record(path, hash);
            return hash;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw SegmentationProblem.Storage(
                path,
                $"the file cannot be written ({failure.Message})",
                "Set FROZENSEG_MODELS to another folder",
                failure);
        }
    }

    // Gives the file back with the size and hash that its server states where nothing else is published.
    private async Task<ModelFileDescriptor> FetchPartAsync(
        ModelFileDescriptor file, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var connection = new DownloadConnection(options);
        ModelFileDescriptor known = file;
        for (int failures = 0; ;)
        {
            long before = Length(path);
            try
            {
                (known, bool isWhole) = await ContinueAsync(connection, known, path, progress, cancellation);
                if (isWhole)
                    return known;
                failures = Length(path) > before ? 0 : failures + 1;
                if (failures >= options.Attempts)
                    throw Problem(
                        ProblemKind.Unavailable,
                        file,
                        "the server sends other parts than were asked for",
                        "Try again later, or fetch it from the authors' page and import it");
            }
            catch (Exception failure) when (IsPassing(failure, cancellation))
            {
                failures = Length(path) > before ? 0 : failures + 1;
                if (failures >= options.Attempts)
                    throw Problem(
                        ProblemKind.Unavailable,
                        file,
                        $"the connection fails ({Innermost(failure).Message})",
                        "Try again later: what has come so far is kept",
                        failure);
                await Task.Delay(options.Pause * (failures + 1), cancellation);
            }
        }
    }

    private async Task<(ModelFileDescriptor Known, bool IsWhole)> ContinueAsync(
        DownloadConnection connection,
        ModelFileDescriptor file,
        string path,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(options.Patience);
        long have = Length(path);
        using DownloadAnswer answer = await connection.AskAsync(
            file.Url!, have, have > 0 ? Tag(path) : null, silence.Token);
        HttpResponseMessage response = answer.Response;
        if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Either all is here, which the check of the whole will tell, or what is here is of another file.
            if (have > 0 && have == (response.Content.Headers.ContentRange?.Length ?? -1))
                return (file, true);
            File.Delete(path + PartExtension);
            throw new HttpRequestException("the file has changed");
        }

        ThrowIfRefused(file, response);
        ModelFileDescriptor known = file with
        {
            Size = file.Size ?? answer.LinkedSize,
            Sha256 = file.Sha256 ?? answer.LinkedHash,
        };
        if (answer.Start is not long start || start > have)
        {
            // A part that leaves a gap is of no use; the next question asks for the whole.
            File.Delete(path + PartExtension);
            return (known, false);
        }

        KeepTag(path, response);
        if (known.Size is long size && answer.Total is long announced && announced != size)
            throw Problem(
                ProblemKind.InvalidModel,
                file,
                $"the server has a file of {announced:N0} bytes instead of {size:N0}",
                "It is another file than is known; fetch that from the authors' page and import it");

        await using Stream source = await response.Content.ReadAsStreamAsync(silence.Token);
        await using var target = new FileStream(
            path + PartExtension, start > 0 ? FileMode.Open : FileMode.Create, FileAccess.Write);
        target.SetLength(start);
        target.Position = start;
        await CopyAsync(source, target, start, answer.Total ?? known.Size, progress, silence);
        // A server may send less than it was asked for, and say so.
        if (answer.IsPart && answer.Total is long whole)
            return (known, target.Length >= whole);
        if (answer.Total is long all && target.Length < all)
            throw new HttpIOException(HttpRequestError.ResponseEnded, "it ended early");
        return (known, true);
    }

    private async Task CopyAsync(
        Stream source,
        FileStream target,
        long have,
        long? total,
        IProgress<double>? progress,
        CancellationTokenSource silence)
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

    private static EntityTagHeaderValue? Tag(string path) =>
        File.Exists(path + TagExtension) && EntityTagHeaderValue.TryParse(
            File.ReadAllText(path + TagExtension), out EntityTagHeaderValue? tag) ? tag : null;

    private static void KeepTag(string path, HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag)
            File.WriteAllText(path + TagExtension, tag.ToString());
        else
            File.Delete(path + TagExtension);
    }

    private static (string Hash, SegmentationProblemException? Problem) Check(ModelFileDescriptor file, string path)
    {
        string part = path + PartExtension, hash = ModelStore.Hash(part);
        long length = Length(path);
        string? other = file.Export is null ? FileContents.Other(part, isKnown: file.Sha256 is not null) : null;
        bool hasOtherSize = file.Size is long size && size != length;
        if (other is null && !hasOtherSize && (file.Sha256 is null || file.Sha256 == hash))
            return (hash, null);
        File.Delete(part);
        return (hash, Problem(
            other is null ? ProblemKind.InvalidModel : ProblemKind.Unavailable,
            file,
            other is not null ? $"what came is {other}"
            : hasOtherSize ? $"it has {length:N0} bytes instead of {file.Size:N0}"
            : $"its SHA-256 is {hash} instead of {file.Sha256}",
            other is null
                ? "It was deleted; try again, and if it stays so, do not use it"
                : "It was deleted; fetch the file from the authors' page and import it"));
    }

    private static void ThrowIfRefused(ModelFileDescriptor file, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return;
        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            throw new HttpRequestException($"the server answers {status}");
        throw Problem(
            ProblemKind.Unavailable,
            file,
            $"the server answers {status} to {file.Url}",
            response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? "Agree to its terms on the authors' page, then set HF_TOKEN, or import the file"
                : "Fetch it from the authors' page and import it");
    }

    private static bool IsPassing(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static Exception Innermost(Exception failure) =>
        failure.InnerException is null ? failure : Innermost(failure.InnerException);

    private static long Length(string path) =>
        File.Exists(path + PartExtension) ? new FileInfo(path + PartExtension).Length : 0;

    private static SegmentationProblemException Problem(
        ProblemKind kind, ModelFileDescriptor file, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(kind, file.FileName, found, remedy).ToException(cause);
}

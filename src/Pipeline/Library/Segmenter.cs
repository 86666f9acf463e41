using System.Diagnostics;
using System.Security.Cryptography;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using SixLabors.ImageSharp;

namespace FrozenSeg;

/// <summary>
/// Finds in pictures what words name. Make one for a process and keep it: networks are loaded when first asked for, and
/// stay. Safe for many callers at once; at most <see cref="SegmenterOptions.Parallelism"/> pictures are worked on at a
/// time, the others wait.
/// </summary>
public sealed class Segmenter : IDisposable
{
    private readonly ImageLimits _limits;
    private readonly ImageReader _reader;
    private readonly ModelLibrary _library;
    private readonly SemaphoreSlim _turns;

    /// <summary>
    /// A segmenter with these options; without any, with the bundled models on the best device there is.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The options are unusable, or ONNX Runtime is missing.</exception>
    public Segmenter(SegmenterOptions? options = null)
    {
        options ??= new SegmenterOptions();
        SegmentationProblem[] problems = [.. options.Problems()];
        if (problems.Length > 0)
            throw new SegmentationProblemException(problems);
        _limits = options.Limits;
        _reader = new ImageReader(options.Limits);
        _library = new ModelLibrary(options.Models, new SessionFactory(options.Runtime));
        _turns = new SemaphoreSlim(options.Parallelism, options.Parallelism);
    }

    /// <summary>The provider that networks run on.</summary>
    public ExecutionProviderChoice Provider => _library.Sessions.ActiveProvider;

    /// <summary>Segments a picture that a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="query">What to find: words such as <c>"cat, kitten; dog; grass (stuff)"</c>, a vocabulary, or
    /// more.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SegmentationProblemException">The picture, the query or a model is unusable: where, what, and
    /// what to do about it.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public async Task<Segmentation> SegmentFileAsync(
        string path,
        SegmentationQuery query,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return await RunAsync(() => _reader.ReadPicture(path), query, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Segments an encoded picture that a stream gives: PNG, JPEG, WebP, BMP, GIF, TIFF, PBM or TGA.</summary>
    /// <param name="picture">The picture, read to its end and left open.</param>
    /// <inheritdoc cref="SegmentFileAsync"/>
    /// <param name="query"/>
    /// <param name="progress"/>
    /// <param name="cancellationToken"/>
    public async Task<Segmentation> SegmentAsync(
        Stream picture,
        SegmentationQuery query,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        byte[] encoded = await BoundedStream.ReadAsync(picture, _limits, PictureName, cancellationToken)
            .ConfigureAwait(false);
        return await SegmentAsync(encoded, query, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Segments an encoded picture in memory: PNG, JPEG, WebP, BMP, GIF, TIFF, PBM or TGA.</summary>
    /// <param name="picture">The whole file.</param>
    /// <inheritdoc cref="SegmentFileAsync"/>
    /// <param name="query"/>
    /// <param name="progress"/>
    /// <param name="cancellationToken"/>
    public Task<Segmentation> SegmentAsync(
        ReadOnlyMemory<byte> picture,
        SegmentationQuery query,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(() => Picture.Read(_reader, picture.ToArray(), PictureName), query, progress, cancellationToken);

    /// <summary>Segments a picture that is decoded already. Its orientation is not looked at.</summary>
    /// <param name="picture">The picture; its first frame is taken. It must not change before the task has
    /// ended.</param>
    /// <inheritdoc cref="SegmentFileAsync"/>
    /// <param name="query"/>
    /// <param name="progress"/>
    /// <param name="cancellationToken"/>
    public Task<Segmentation> SegmentAsync(
        Image picture,
        SegmentationQuery query,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return RunAsync(() => Decoded(picture), query, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _library.Dispose();
        _turns.Dispose();
    }

    private const string PictureName = "picture";

    private Picture Decoded(Image picture)
    {
        _limits.CheckSize(picture.Width, picture.Height, PictureName);
        PixelImage pixels = ImageCodec.Pixels(picture);
        string hash = Convert.ToHexStringLower(SHA256.HashData(pixels.Pixels));
        return new Picture(
            pixels, new ResultImage(PictureName, pixels.Width, pixels.Height, hash, (int)ExifOrientation.TopLeft));
    }

    private async Task<Segmentation> RunAsync(
        Func<Picture> read, SegmentationQuery query, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        long asked = Stopwatch.GetTimestamp();
        await _turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            SegmenterTelemetry.Waited(Stopwatch.GetElapsedTime(asked));
            return await Task.Run(() => Run(read(), query, progress, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    private Segmentation Run(
        Picture picture, SegmentationQuery query, IProgress<double>? progress, CancellationToken cancellation)
    {
        MethodCapabilities capabilities = query.Choose(MethodFactory.Having(_library.Selection));
        var order = new SegmentationOrder(query.Words, [query.Task ?? capabilities.Tasks[0]]);
        using SegmenterTelemetry.Run run = SegmenterTelemetry.Begin(capabilities.Name);
        using ISegmentationMethod method = MethodFactory.Create(
            capabilities.Name, _library, query.Method?.ToSettings() ?? new Dictionary<string, string>());
        SegmentationOutcome outcome = method.Segment(picture.Pixels, order, progress, cancellation);
        SegmentationResult document = ResultWriter.Document(
            picture.Description, method.Name, order, query.Text, outcome);
        run.Succeeded();
        return new Segmentation(picture.Pixels, document, outcome);
    }
}

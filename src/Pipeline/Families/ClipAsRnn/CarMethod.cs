using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>CLIP as RNN as a method: from words to masks, without training.</summary>
/// <param name="networks">The networks; not disposed with the method.</param>
/// <param name="options">Settings.</param>
/// <param name="settings">The settings as they were given, for the result.</param>
internal sealed class CarMethod(
    CarNetworks networks, CarOptions options, IReadOnlyDictionary<string, string>? settings = null)
    : ISegmentationMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "car";

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        Vocabulary vocabulary = order.Vocabulary
            ?? throw SegmentationProblem.InvalidRequest("prompts", "there is none", "Say what to look for");
        SegmentationTask? other = order.Tasks.Cast<SegmentationTask?>().FirstOrDefault(
            task => task is not (SegmentationTask.Semantic or SegmentationTask.Referring));
        if (other is not null)
            throw SegmentationProblem.InvalidRequest(
                "task",
                $"car does not give {other.ToString()!.ToLowerInvariant()} answers",
                "Use semantic or referring");

        CheckBackgroundClass(vocabulary);
        IReadOnlyList<string> texts = CarQueries.Of(vocabulary, networks.ProposerTexts, options);
        var clock = new StageClock();
        var warnings = new List<string>(Truncations(texts));
        WorkingPicture work = WorkingPicture.Of(image, options.MaxPixels);
        if (work.IsReduced)
            warnings.Add($"the picture was looked at in {work.Image.Width}×{work.Image.Height}");
        using var run = new CarRun(networks, options, work.Image, clock);
        SegmentationOutcome found = order.Tasks.Contains(SegmentationTask.Referring)
            ? Refer(run, work, vocabulary, texts, clock, progress, cancellation)
            : Classify(run, work, vocabulary, texts, clock, progress, cancellation);
        if (run.Grid is { IsReduced: true } grid)
            warnings.Add($"the picture was cut into {grid.Columns}×{grid.Rows} patches for proposals, at most "
                + $"{options.MaxPatches:N0} in all");
        return found with { Timings = clock.Timings, Warnings = [.. warnings, .. found.Warnings] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The networks are shared.
    }

    private void CheckBackgroundClass(Vocabulary vocabulary)
    {
        if (vocabulary.Categories.Any(
            category => category.Names.Contains(options.BackgroundClass, StringComparer.OrdinalIgnoreCase)))
        {
            throw SegmentationProblem.InvalidRequest(
                "settings.background_class",
                $"'{options.BackgroundClass}' is one of the classes to look for",
                "Choose another name, or leave that class out");
        }
    }

    private IEnumerable<string> Truncations(IReadOnlyList<string> texts) => CarQueries.Truncations(
        texts, networks.JudgeTexts, [.. options.ClassifierTemplates, options.CamTemplate]);

    private SegmentationOutcome Classify(
        CarRun run,
        WorkingPicture work,
        Vocabulary vocabulary,
        IReadOnlyList<string> texts,
        StageClock clock,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        Func<IReadOnlyList<RunLengthEncoding>>? samMasks = networks.Sam is null || options.Matching is null
            ? null
            : () => [.. new AutomaticMaskGenerator(networks.Sam, SnappingMasks).Generate(
                work.Image, null, cancellation).Select(mask => mask.Segmentation)];
        var task = new SemanticTask(run, options, clock, samMasks);
        IReadOnlyList<QueryMask> masks = task.Run(vocabulary, texts, progress, cancellation);

        var labels = new LabelMap(work.Image.Height, work.Image.Width);
        labels.Labels.Fill(SegmentationOutcome.VoidIndex);
        foreach (QueryMask mask in masks)
        {
            ReadOnlySpan<byte> pixels = mask.Mask.Pixels;
            for (int at = 0; at < pixels.Length; at++)
                labels.Labels[at] = pixels[at] != 0 ? mask.Query : labels.Labels[at];
        }

        LabelMap semantic = work.Enlarge(labels);
        SegmentationOutcome found = Outcome(
            [.. masks.Select(mask => mask with
            {
                Mask = semantic.MaskOf(mask.Query),
            }).Where(mask => mask.Mask.CountPixels() > 0).OrderBy(mask => mask.Query)],
            vocabulary,
            query => vocabulary[query].Name,
            task.Trace,
            task.Warnings,
            isReferring: false);
        return found with { Semantic = semantic, Background = options.BackgroundClass };
    }

    private SegmentationOutcome Refer(
        CarRun run,
        WorkingPicture work,
        Vocabulary vocabulary,
        IReadOnlyList<string> texts,
        StageClock clock,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var task = new ReferringTask(run, options, clock);
        IReadOnlyList<QueryMask> masks = task.Run(texts, progress, cancellation);
        return Outcome(
            [.. masks.Select(mask => mask with
            {
                Mask = work.Enlarge(mask.Mask),
            })], vocabulary, query => texts[query], task.Trace, task.Warnings, isReferring: true);
    }

    private SegmentationOutcome Outcome(
        IReadOnlyList<QueryMask> masks,
        Vocabulary vocabulary,
        Func<int, string> label,
        IReadOnlyList<FilterRound> trace,
        IReadOnlyList<string> warnings,
        bool isReferring) => new()
        {
            Segments =
            [
                .. masks.Select((mask, i) => ResultSegment.Of(
                    i + 1,
                    RunLengthEncoding.FromMask(mask.Mask),
                    mask.Query,
                    label(mask.Query),
                    CarQueries.IdOf(mask.Query),
                    Math.Clamp(mask.Score, 0, 1),
                    vocabulary[mask.Query].Kind is CategoryKind.Thing,
                    SegmentSource.Car)),
            ],
            Models = networks.Stamps,
            Settings = CarSettings.Describe(options, settings, isReferring),
            Timings = [],
            Trace = trace,
            Warnings = warnings,
        };

    // SAM's settings for snapping (car.md 10), with the grid that CaR's class has by default.
    private static AutomaticMaskOptions SnappingMasks { get; } = new()
    {
        PredictedIoUThreshold = 0.88f,
        StabilityScoreThreshold = 0.95f,
    };
}

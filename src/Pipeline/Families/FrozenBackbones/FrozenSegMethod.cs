using System.Diagnostics;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>FrozenSeg or FC-CLIP as a method: any vocabulary, three kinds of answers.</summary>
/// <param name="name"><c>frozenseg</c> or <c>fcclip</c>.</param>
/// <param name="model">The networks; they stay the caller's.</param>
/// <param name="settings">How pictures are prepared and answers made.</param>
/// <param name="features">Where what the encoders made of pictures is kept; null keeps nothing.</param>
internal sealed class FrozenSegMethod(
    string name, FrozenSegModel model, FrozenSegSettings settings, FeatureCache? features = null)
    : ISegmentationMethod
{
    /// <summary>FrozenSeg.</summary>
    public const string FrozenSegName = "frozenseg";

    /// <summary>FC-CLIP.</summary>
    public const string FcClipName = "fcclip";

    // Shares of the work, for the progress: after CLIP, SAM, the pixel decoder, the decoder.
    private static readonly double[] Steps = [0.4, 0.75, 0.85, 0.9];

    private readonly FrozenSegOptions _options = settings.Answers;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        Vocabulary vocabulary = Check(order);
        var clock = new ReportingClock(progress);
        VocabularyClassifier classifier = clock.Time("vocabulary", 0, () => model.Classifier(vocabulary, cancellation));
        using EncoderInputs picture = FrozenSegModel.Prepare(image, settings.Input);
        using FeatureLease<FrozenFeatures> seenPicture = Encode(image, picture, clock, cancellation);
        (IReadOnlyList<TensorBuffer<float>> backbone, TensorBuffer<float>? sam) = (
            seenPicture.Value.Clip, seenPicture.Value.Sam);
        using PixelFeatures pixels = clock.Time(
            "pixel decoder", Steps[2], () => model.DecodePixels(backbone, sam, cancellation));
        using QueryAnswers proposals = clock.Time(
            "decoder", Steps[3], () => model.DecodeMasks(pixels, sam, cancellation));
        InferenceFrame frame = picture.Frame(proposals.Masks.Shape);
        bool[] seen = Seen(vocabulary);
        AnswerRequest request = clock.Time("classes", Steps[3], () => new AnswerRequest(
            proposals.Masks,
            Classify(proposals, backbone[^1], classifier, seen, cancellation),
            seen,
            [.. vocabulary.Categories.Select(category => category.Kind is CategoryKind.Thing)],
            frame,
            Sam: null));
        if (_options.MaskEnsemble is not MaskEnsembleMode.Off && order.Tasks.Contains(SegmentationTask.Semantic))
        {
            request = request with
            {
                Sam = clock.Time(
                    "sam masks", Steps[3], () => Ask(image, frame, backbone[^1], classifier, seen, cancellation)),
            };
        }

        Answers answers = clock.Time("answers", 1, () => new AnswerBuilder(_options, model.ThreadCount).Build(
            request, order.Tasks, cancellation));
        return clock.Time("masks", 1, () => new OutcomeBuilder(vocabulary, request, answers).Build()) with
        {
            Models = Stamps(),
            Settings = FrozenSegSettings.Table.Describe(settings),
            Timings = clock.Timings,
            Warnings = Warnings(order, vocabulary),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The networks belong to whoever loaded them.
    }

    // The words play no part in it: the next ones for the same picture find it made.
    private FeatureLease<FrozenFeatures> Encode(
        PixelImage image, EncoderInputs picture, ReportingClock clock, CancellationToken cancellation)
    {
        FrozenSegInputOptions input = settings.Input;
        if (features is null)
        {
            FrozenFeatures made = Make();
            return new FeatureLease<FrozenFeatures>(made, made.Dispose);
        }

        return features.Get(
            $"{name}:{model.Hash}:{input.MinSize}:{input.MaxSize}:{PixelHash.Of(image)}",
            Make,
            found => found.ByteCount,
            cancellation);

        FrozenFeatures Make()
        {
            using var made = new DisposableStack();
            IReadOnlyList<TensorBuffer<float>> clip = clock.Time(
                "clip", Steps[0], () => model.EncodeClip(picture, cancellation));
            foreach (TensorBuffer<float> level in clip)
                made.Push(level);
            TensorBuffer<float>? sam = clock.Time("sam", Steps[1], () => model.EncodeSam(picture, cancellation));
            made.Release();
            return new FrozenFeatures(clip, sam);
        }
    }

    private Vocabulary Check(SegmentationOrder order)
    {
        foreach (SegmentationTask task in order.Tasks)
        {
            if (task is not (SegmentationTask.Panoptic or SegmentationTask.Semantic or SegmentationTask.Instance))
            {
                throw SegmentationProblem.InvalidRequest(
                    "task",
                    $"{name} does not answer {task.ToString().ToLowerInvariant()}",
                    "Ask for panoptic, semantic or instance");
            }
        }

        Vocabulary vocabulary = order.Vocabulary ?? throw SegmentationProblem.InvalidRequest(
            "prompts", $"{name} needs to know what to look for", "Give prompts or a vocabulary");
        bool hasThings = vocabulary.Categories.Any(category => category.Kind is CategoryKind.Thing);
        if (order.Tasks.Contains(SegmentationTask.Instance) && !hasThings)
        {
            throw SegmentationProblem.InvalidRequest(
                "task",
                HasKinds(vocabulary)
                    ? "instances are of things, and all classes are stuff"
                    : $"{vocabulary.Name} does not say which classes are things, and instances are of things",
                "Ask for semantic or panoptic, or list the things as prompts");
        }

        return vocabulary;
    }

    private static bool HasKinds(Vocabulary vocabulary) =>
        !NamedVocabularies.Names.Contains(vocabulary.Name) || NamedVocabularies.Find(vocabulary.Name).HasKinds;

    private static IReadOnlyList<string> Warnings(SegmentationOrder order, Vocabulary vocabulary) =>
        order.Tasks.Contains(SegmentationTask.Panoptic) && !HasKinds(vocabulary)
            ? [$"{vocabulary.Name} does not say which classes are things: each class is one panoptic segment"]
            : [];

    // Eq. 3: what the decoder says of its queries, and what CLIP says of what lies under their masks.
    private float[] Classify(
        QueryAnswers proposals,
        TensorBuffer<float> dense,
        VocabularyClassifier classifier,
        bool[] seen,
        CancellationToken cancellation)
    {
        float[] decoder = classifier.Logits(proposals.ClassVectors.Span, model.DecoderScale);
        using TensorBuffer<float> vectors = model.EmbedMasks(dense, proposals.Masks, cancellation);
        var ensemble = new GeometricEnsemble(_options.Alpha, _options.Beta, _options.CoatWeight);
        return ensemble.Combine(decoder, classifier.Logits(vectors.Span, model.ClipScale), seen);
    }

    // Eq. 4: what CLIP says of SAM's masks.
    private SamContribution? Ask(
        PixelImage image,
        InferenceFrame frame,
        TensorBuffer<float> dense,
        VocabularyClassifier classifier,
        bool[] seen,
        CancellationToken cancellation)
    {
        IReadOnlyList<float[]> masks = new SamMaskSource(model.PromptableSam, _options.MaskEnsemble, _options.SamMasks)
            .Find(image, cancellation);
        var ensemble = new OpenSegEnsemble(_options.MaskEnsemble, _options.SamShare, _options.SamKeepThreshold);
        if (masks.Count == 0)
            return new SamContribution([], [], ensemble);
        int height = dense.Shape[2], width = dense.Shape[3];
        using TensorBuffer<float> placed = TensorBuffer<float>.From(
            ensemble.Place(masks, frame, height, width, model.Configuration.Input.Divisibility),
            masks.Count,
            height,
            width);
        using TensorBuffer<float> vectors = model.EmbedMasks(dense, placed, cancellation);
        QueryClasses classes = QueryClasses.FromLogits(classifier.Logits(vectors.Span, model.ClipScale), seen.Length);
        int[] kept = [.. Enumerable.Range(0, masks.Count).Where(mask => ensemble.IsKept(classes, seen, mask))];
        float[] weights = ensemble.Weights(classes, seen);
        return new SamContribution(
            [.. kept.Select(mask => masks[mask])],
            [.. kept.SelectMany(mask => weights.AsSpan(mask * seen.Length, seen.Length).ToArray())],
            ensemble);
    }

    private bool[] Seen(Vocabulary vocabulary)
    {
        Vocabulary? training = model.Configuration.TrainingVocabulary;
        // A list of a person's own says "thing" by default; a published one without stuff means it.
        bool thingsOnly = training is null
            && vocabulary.Name != Vocabulary.CustomName
            && vocabulary.Categories.All(category => category.Kind is CategoryKind.Thing);
        return SeenClasses.Of(
            vocabulary.Categories, training?.Categories ?? NamedVocabularies.Find("coco-133").Categories, thingsOnly);
    }

    private List<ModelStamp> Stamps()
    {
        var stamps = new List<ModelStamp> { new(name, model.Configuration.Name, model.Hash) };
        if (model.Configuration.Sam is { } sam)
            stamps.Add(new ModelStamp(RoleNames.Sam, sam.Name, null));
        return stamps;
    }

    private sealed class ReportingClock(IProgress<double>? progress)
    {
        private readonly List<StageTiming> _timings = [];

        public IReadOnlyList<StageTiming> Timings => _timings;

        public T Time<T>(string stage, double share, Func<T> work)
        {
            long start = Stopwatch.GetTimestamp();
            T result = work();
            _timings.Add(new StageTiming(stage, Stopwatch.GetElapsedTime(start).TotalSeconds));
            progress?.Report(share);
            return result;
        }
    }
}

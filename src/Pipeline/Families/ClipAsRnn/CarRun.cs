using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Refinement;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>
/// One picture under CLIP as RNN: run through the proposing CLIP once, then asked any number of times. Its maker
/// disposes it; not for two callers at once.
/// </summary>
/// <param name="networks">The networks.</param>
/// <param name="options">Settings.</param>
/// <param name="image">The picture, at the size it is worked on.</param>
/// <param name="clock">Times the stages.</param>
internal sealed class CarRun(CarNetworks networks, CarOptions options, PixelImage image, StageClock clock) : IDisposable
{
    private ImageActivations? _activations;
    private ProposalRefinement? _refinement;

    /// <summary>The CRF over this picture.</summary>
    public ProposalRefinement Refinement => _refinement ??= clock.Time("crf", () => new ProposalRefinement(image));

    /// <summary>The picture's patches, for what the result says.</summary>
    public PatchGrid? Grid => _activations?.Grid;

    /// <summary>Runs the recurrence.</summary>
    /// <param name="queries">Texts.</param>
    /// <param name="ids">What the trace calls them.</param>
    /// <param name="background">Phrases that absorb pixels.</param>
    /// <param name="prompts">What is done to the picture.</param>
    /// <param name="isReferring">Whether each text stands alone against the background.</param>
    /// <param name="progress">Told the share of the first round that is done; null for nobody.</param>
    /// <param name="cancellation">Stops the work.</param>
    public (RecurrenceResult Result, MaskClassifier Classifier) Recur(
        IReadOnlyList<string> queries,
        IReadOnlyList<string> ids,
        IReadOnlyList<string> background,
        VisualPrompt prompts,
        bool isReferring,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        // All words first: the text towers are gone before the picture needs memory.
        float[][] absorbing = clock.Time("texts", () => Encode(queries, background, cancellation));
        _activations ??= clock.Time("image", () => networks.Features is null
            ? networks.Activation.Encode(image, options.MaxPatches, cancellation)
            : networks.Activation.Encode(
                image, options.MaxPatches, networks.Features, networks.Proposer.Hash, cancellation));
        var generator = new MaskProposalGenerator(
            _activations, image.Width, image.Height, networks.Proposer.LogitScale, absorbing, options, isReferring);
        var classifier = new MaskClassifier(
            image, networks.Classifier, networks.JudgeTexts, networks.Judge.LogitScale, prompts, options)
        {
            Progress = (done, count) =>
            {
                if (count == queries.Count)
                    progress?.Report((double)done / count);
            },
        };
        var recurrence = new PromptRecurrence(
            Propose, new TimedClassifier(classifier, clock), options.QueryThresholdOf(isReferring))
        {
            MaxRounds = options.MaxRounds,
        };
        return (recurrence.Run(queries, ids, cancellation), classifier);

        SoftMasks Propose(IReadOnlyList<int> alive, bool isFirst, CancellationToken token)
        {
            string[] texts = [.. alive.Select(i => queries[i])];
            float[][] vectors = clock.Time(
                "texts",
                () => networks.ProposerTexts.Get(texts, isFirst ? PromptTemplates.Plain : options.CamTemplate, token));
            return clock.Time("proposals", () => generator.Propose(vectors, token));
        }
    }

    // Every text that any round may ask for; the background's vectors.
    private float[][] Encode(
        IReadOnlyList<string> queries, IReadOnlyList<string> background, CancellationToken cancellation)
    {
        networks.JudgeTexts.Prepare(queries, options.ClassifierTemplates, cancellation);
        networks.ProposerTexts.Prepare(queries, [PromptTemplates.Plain, options.CamTemplate], cancellation);
        return networks.ProposerTexts.Get(background, options.CamTemplate, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _activations?.Dispose();

    private sealed class TimedClassifier(MaskClassifier classifier, StageClock clock) : IQueryClassifier
    {
        public float[][] Classify(SoftMasks proposals, IReadOnlyList<string> queries, CancellationToken cancellation) =>
            clock.Time("classifier", () => classifier.Classify(proposals, queries, cancellation));
    }
}

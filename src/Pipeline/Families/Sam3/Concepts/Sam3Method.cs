using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>SAM 3 as a method: each phrase a concept, with examples or without.</summary>
/// <param name="network">The network; stays the caller's.</param>
/// <param name="options">Settings.</param>
internal sealed class Sam3Method(Sam3Network network, Sam3Options options) : ISegmentationMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "sam3";

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        Vocabulary vocabulary = order.Vocabulary
            ?? throw SegmentationProblem.InvalidRequest("prompts", "there is none", "Say what to look for");
        SegmentationTask? other = order.Tasks.Cast<SegmentationTask?>().FirstOrDefault(
            task => task is not (SegmentationTask.Instance or SegmentationTask.Semantic or SegmentationTask.Panoptic));
        if (other is not null)
            throw SegmentationProblem.InvalidRequest(
                "task",
                $"sam3 does not give {other.ToString()!.ToLowerInvariant()} answers",
                "Use instance, semantic or panoptic");

        IReadOnlyList<ConceptPhrase> phrases = ConceptPhrases.Of(vocabulary, network.Tokenize);
        IReadOnlyList<Sam3Exemplar>[] exemplars = ExemplarBoxes.Of(
            options.Exemplars, vocabulary, image.Width, image.Height);
        var clock = new StageClock();
        ConceptFindings found = new ConceptSearch(network, options, clock)
            .Run(image, order, phrases, exemplars, progress, cancellation);
        SegmentationOutcome answers = clock.Time(
            "answers", () => new ConceptAnswers(order, found, options).Build(image.Height, image.Width));
        return answers with
        {
            Models = [network.Stamp],
            Settings = Sam3Options.Table.Describe(options with { InputSize = network.Configuration.ImageSize }),
            Timings = clock.Timings,
            Warnings = [.. ConceptPhrases.Truncations(phrases, network.Tokenize)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The network belongs to whoever loaded it.
    }
}

using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>
/// Answers as segments with masks: panoptic segments if there are any, and instances after them; a semantic answer
/// alone gives one segment for each class that occurs.
/// </summary>
/// <param name="vocabulary">The classes.</param>
/// <param name="request">What the answers were made of.</param>
/// <param name="answers">The answers.</param>
internal sealed class OutcomeBuilder(Vocabulary vocabulary, AnswerRequest request, Answers answers)
{
    /// <summary>The outcome, without models, settings and timings.</summary>
    public SegmentationOutcome Build()
    {
        var segments = new List<ResultSegment>();
        if (answers.Panoptic is not null)
            segments.AddRange(PanopticSegments());
        if (answers.Instances is not null)
            segments.AddRange(Instances(firstId: segments.Count + 1));
        if (answers.Panoptic is null && answers.Instances is null)
            segments.AddRange(Classes());
        return new SegmentationOutcome
        {
            Segments = segments,
            Panoptic = answers.Panoptic,
            Semantic = answers.Semantic?.Labels,
            Models = [],
            Settings = new Dictionary<string, string>(),
            Timings = [],
        };
    }

    private IEnumerable<ResultSegment> PanopticSegments()
    {
        IReadOnlyDictionary<int, RunLengthEncoding> masks = LabelMasks.Encode(answers.Panoptic!);
        return answers.Segments!.Select(segment => Segment(
            segment.Id, masks[segment.Id], segment.Label, segment.Score, segment.IsThing));
    }

    private IEnumerable<ResultSegment> Instances(int firstId)
    {
        IReadOnlyList<InstancePrediction> instances = [.. answers.Instances!.Where(instance => instance.Area > 0)
            .OrderByDescending(instance => instance.Score)];
        int[] queries = [.. instances.Select(instance => instance.Query).Distinct()];
        var rasteriser = new InstanceMasks(request.Frame);
        var masks = new RunLengthEncoding[request.Masks.Shape[0]];
        Parallel.ForEach(queries, query => masks[query] = rasteriser.Rasterise(request.Masks.View[query].Span));
        return instances.Select((instance, i) => Segment(
            firstId + i, masks[instance.Query], instance.Label, instance.Score, isThing: true));
    }

    private IEnumerable<ResultSegment> Classes()
    {
        IReadOnlyDictionary<int, RunLengthEncoding> masks = LabelMasks.Encode(answers.Semantic!.Labels);
        return masks.Keys.Order().Select((label, i) => Segment(
            i + 1,
            masks[label],
            label,
            answers.Semantic.Tally.Score(label),
            vocabulary[label].Kind is CategoryKind.Thing));
    }

    private ResultSegment Segment(int id, RunLengthEncoding mask, int label, double score, bool isThing) =>
        ResultSegment.Of(
            id, mask, label, vocabulary[label].Name, null, Math.Clamp(score, 0, 1), isThing, SegmentSource.Proposal);
}

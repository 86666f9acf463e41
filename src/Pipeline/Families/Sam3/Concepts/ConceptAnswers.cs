using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>From what was found to the three kinds of answers.</summary>
/// <param name="order">What was asked.</param>
/// <param name="found">What was found.</param>
/// <param name="options">Settings.</param>
internal sealed class ConceptAnswers(SegmentationOrder order, ConceptFindings found, Sam3Options options)
{
    private readonly Vocabulary _vocabulary = order.Vocabulary!;

    /// <summary>The answer, without models, settings and timings.</summary>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    public SegmentationOutcome Build(int height, int width)
    {
        var segments = new List<ResultSegment>();
        LabelMap? panoptic = null;
        if (order.Tasks.Contains(SegmentationTask.Panoptic))
        {
            panoptic = new LabelMap(height, width);
            segments.AddRange(SegmentCanvas.Paint(panoptic, [.. Candidates()], _vocabulary, options.OverlapThreshold));
        }

        if (order.Tasks.Contains(SegmentationTask.Instance))
            segments.AddRange(Things().Select((mask, i) => Segment(segments.Count + i + 1, mask)).ToArray());
        LabelMap? semantic = order.Tasks.Contains(SegmentationTask.Semantic) ? found.Semantic!.Labels : null;
        if (semantic is not null && order.Tasks.Count == 1)
            segments.AddRange(Classes(semantic));
        return new SegmentationOutcome
        {
            Segments = [.. segments.Select(segment => segment with { Prompt = IdOf(segment.Category!.Value) })],
            Panoptic = panoptic,
            Semantic = semantic,
            Trace = Trace(),
            Models = [],
            Settings = new Dictionary<string, string>(),
            Timings = [],
        };
    }

    private IEnumerable<ConceptMask> Things() =>
        found.Masks.Where(mask => _vocabulary[mask.Category].Kind is CategoryKind.Thing);

    // Things by their masks, stuff by the map of its class.
    private IEnumerable<SegmentCandidate> Candidates() =>
        Things().Select(mask => new SegmentCandidate(mask.Category, mask.Mask, mask.Score, SegmentSource.Sam3)
        {
            Concept = mask.Scores,
        })
            .Concat(found.Semantic is SemanticCanvas canvas
                ? LabelMasks.Encode(canvas.Labels)
                    .Where(map => map.Key >= 0 && _vocabulary[map.Key].Kind is CategoryKind.Stuff)
                    .OrderBy(map => map.Key)
                    .Select(
                        map => new SegmentCandidate(map.Key, map.Value, canvas.Presence(map.Key), SegmentSource.Sam3)
                        {
                            Concept = new ConceptScores(canvas.Presence(map.Key), null, _vocabulary[map.Key].Name),
                        })
                : []);

    private ResultSegment Segment(int id, ConceptMask mask) => ResultSegment.Of(
        id,
        mask.Mask,
        mask.Category,
        _vocabulary[mask.Category].Name,
        null,
        Math.Clamp(mask.Score, 0, 1),
        isThing: true,
        SegmentSource.Sam3) with
    {
        Concept = mask.Scores,
    };

    private IEnumerable<ResultSegment> Classes(LabelMap semantic)
    {
        IReadOnlyDictionary<int, RunLengthEncoding> masks = LabelMasks.Encode(semantic);
        return masks.Keys.Where(label => label >= 0).Order().Select((label, i) => ResultSegment.Of(
            i + 1,
            masks[label],
            label,
            _vocabulary[label].Name,
            null,
            found.Presence[label],
            _vocabulary[label].Kind is CategoryKind.Thing,
            SegmentSource.Sam3) with
        {
            Concept = new ConceptScores(found.Presence[label], null, _vocabulary[label].Name),
        });
    }

    // First who is there at all, then, of those, who has a mask; a class that is not there says so by its presence.
    private List<FilterRound> Trace()
    {
        ILookup<bool, int> present = Enumerable.Range(0, _vocabulary.Count)
            .ToLookup(category => found.Presence[category] > options.PresenceThreshold);
        var rounds = new List<FilterRound>
        {
            new(1, Scores(present[true], found.Presence), Scores(present[false], found.Presence))
            {
                Reason = "presence",
            },
        };
        if (order.Tasks.All(task => task is SegmentationTask.Semantic))
            return rounds;
        HashSet<int> masked = [.. found.Masks.Select(mask => mask.Category)];
        int[] empty = [.. present[true].Where(category => !masked.Contains(category))];
        if (empty.Length > 0)
        {
            PromptScore[] kept = Scores(present[true].Except(empty), found.BestScores);
            rounds.Add(new FilterRound(2, kept, Scores(empty, found.BestScores)) { Reason = "score" });
        }

        return rounds;
    }

    private PromptScore[] Scores(IEnumerable<int> categories, IReadOnlyList<double> scores) =>
        [.. categories.Select(category => new PromptScore(
            IdOf(category), _vocabulary[category].Name, Math.Clamp(scores[category], 0, 1)))];

    private static string IdOf(int category) => $"q{category + 1}";
}

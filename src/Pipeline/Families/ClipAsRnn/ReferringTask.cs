using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>
/// A mask for each expression (car.md 3.1, 8, 9): each alone against the background, all judged against each other. An
/// expression may get none: because it was dropped, because its mask came out empty, or because CLIP is not sure enough
/// that it is there.
/// </summary>
/// <param name="run">The picture.</param>
/// <param name="options">Settings.</param>
/// <param name="clock">Times the stages.</param>
internal sealed class ReferringTask(CarRun run, CarOptions options, StageClock clock)
{
    // One object: below this share of the picture the joint mask is too small to be right, and all masks are taken.
    private const float SmallestShare = 0.05f;

    private readonly List<FilterRound> _trace = [];
    private readonly List<string> _warnings = [];

    /// <summary>
    /// Every round; the last ones may say who was not sure enough, and of whose mask nothing is left.
    /// </summary>
    public IReadOnlyList<FilterRound> Trace => _trace;

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>
    /// The masks that were found, at most one an expression; one in all when they describe one object.
    /// </summary>
    /// <param name="texts">The expressions.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<QueryMask> Run(
        IReadOnlyList<string> texts, IProgress<double>? progress, CancellationToken cancellation)
    {
        string[] ids = [.. Enumerable.Range(0, texts.Count).Select(CarQueries.IdOf)];
        (RecurrenceResult result, MaskClassifier classifier) = run.Recur(
            texts, ids, options.Background, options.VisualPrompts, true, progress, cancellation);
        _trace.AddRange(result.Trace);
        int[] present = Present(result, classifier, texts, ids, cancellation);
        QueryMask[] masks = WithPixels(clock.Time("crf", () => Masks(result, present, cancellation)), texts, ids);
        foreach (int i in Enumerable.Range(0, texts.Count).Where(i => masks.All(mask => mask.Query != i)))
            _warnings.Add($"no mask for '{texts[i]}'");
        return options.IsOneObject && masks.Length > 1 ? [Join(masks)] : masks;
    }

    // However sure CLIP was of an expression: without a pixel it is not found.
    private QueryMask[] WithPixels(QueryMask[] masks, IReadOnlyList<string> texts, string[] ids)
    {
        if (masks.All(mask => mask.Mask.CountPixels() > 0))
            return masks;
        ILookup<bool, PromptScore> scores = masks.ToLookup(
            mask => mask.Mask.CountPixels() > 0,
            mask => new PromptScore(ids[mask.Query], texts[mask.Query], mask.Score));
        _trace.Add(new FilterRound(_trace.Count + 1, [.. scores[true]], [.. scores[false]]) { Reason = "empty_mask" });
        return [.. masks.Where(mask => mask.Mask.CountPixels() > 0)];
    }

    // Places in the result of the expressions that CLIP is sure enough of.
    private int[] Present(
        RecurrenceResult result,
        MaskClassifier classifier,
        IReadOnlyList<string> texts,
        string[] ids,
        CancellationToken cancellation)
    {
        int[] all = [.. Enumerable.Range(0, result.Queries.Count)];
        if (options.PresenceThreshold == 0)
            return all;
        float[] presence = clock.Time(
            "classifier", () => classifier.Presence(
                result.Proposals, [.. result.Queries.Select(query => texts[query])], cancellation));
        ILookup<bool, PromptScore> scores = all.ToLookup(
            i => presence[i] >= options.PresenceThreshold,
            i => new PromptScore(ids[result.Queries[i]], texts[result.Queries[i]], presence[i]));
        _trace.Add(new FilterRound(_trace.Count + 1, [.. scores[true]], [.. scores[false]]) { Reason = "presence" });
        return [.. all.Where(i => presence[i] >= options.PresenceThreshold)];
    }

    private QueryMask[] Masks(RecurrenceResult result, int[] present, CancellationToken cancellation)
    {
        if (present.Length == 0)
            return [];
        SoftMasks proposals = result.Proposals.Of(present);
        // One at a time: expressions are few, and memory stays that of one.
        return
        [
            .. present.Select((place, i) => new QueryMask(
                result.Queries[place],
                MaskOf(proposals[i], proposals.Height, proposals.Width, cancellation),
                result.Scores[place])),
        ];
    }

    private BinaryMask MaskOf(float[] proposal, int height, int width, CancellationToken cancellation) =>
        options.UsesCrf
            ? run.Refinement.Separate(proposal, 1, options.BackgroundFactor, cancellation)[0]
            : new BinaryMask(height, width, Array.ConvertAll(
                proposal, value => value > MathF.Pow(1 - value, options.BackgroundFactor) ? (byte)1 : (byte)0));

    // Pixels on which at least half of the scores agree; if that is next to nothing, all pixels of all masks.
    private static QueryMask Join(QueryMask[] masks)
    {
        BinaryMask first = masks[0].Mask;
        float total = masks.Sum(mask => mask.Score);
        var joint = new BinaryMask(first.Height, first.Width);
        var union = new BinaryMask(first.Height, first.Width);
        for (int at = 0; at < joint.Pixels.Length; at++)
        {
            float agreement = 0;
            foreach (QueryMask mask in masks)
                agreement += mask.Score * mask.Mask.Pixels[at];
            joint.Pixels[at] = agreement / total >= 0.5f ? (byte)1 : (byte)0;
            union.Pixels[at] = agreement > 0 ? (byte)1 : (byte)0;
        }

        bool isSmall = joint.CountPixels() <= SmallestShare * joint.Pixels.Length;
        return new QueryMask(
            masks.MaxBy(mask => mask.Score)!.Query, isSmall ? union : joint, masks.Max(mask => mask.Score));
    }
}

using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>
/// A class for each pixel (car.md 8, 9): queries compete, in one pass or with things and stuff apart.
/// </summary>
/// <param name="run">The picture.</param>
/// <param name="options">Settings.</param>
/// <param name="clock">Times the stages.</param>
/// <param name="samMasks">Gives SAM's masks of the picture; null when masks are not snapped.</param>
internal sealed class SemanticTask(
    CarRun run, CarOptions options, StageClock clock, Func<IReadOnlyList<RunLengthEncoding>>? samMasks)
{
    private readonly List<FilterRound> _trace = [];
    private readonly List<string> _warnings = [];

    /// <summary>Every round, of all passes.</summary>
    public IReadOnlyList<FilterRound> Trace => _trace;

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The masks of the queries that are left, in the order they are painted: later ones lie on top.</summary>
    /// <param name="vocabulary">The classes.</param>
    /// <param name="texts">Their texts.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<QueryMask> Run(
        Vocabulary vocabulary, IReadOnlyList<string> texts, IProgress<double>? progress, CancellationToken cancellation)
    {
        int[] all = [.. Enumerable.Range(0, vocabulary.Count)];
        int[] things = [.. all.Where(i => vocabulary[i].Kind is CategoryKind.Thing)], stuff = [.. all.Except(things)];
        if (options.MutualBackground is MutualBackground.None || things.Length == 0 || stuff.Length == 0)
            return Pass(all, texts, options.Background, options.VisualPrompts, progress, cancellation);

        string[] thingTexts = [.. things.Select(i => texts[i])], stuffTexts = [.. stuff.Select(i => texts[i])];
        IReadOnlyList<string> behindThings = options.MutualBackground is MutualBackground.Paper
            ? stuffTexts
            : options.Background;
        IReadOnlyList<QueryMask> above = Pass(
            things, texts, behindThings, options.VisualPrompts, progress, cancellation);
        VisualPrompt stuffPrompts = options.StuffVisualPrompts ?? options.VisualPrompts;
        return [.. Pass(stuff, texts, thingTexts, stuffPrompts, progress, cancellation), .. above];
    }

    private IReadOnlyList<QueryMask> Pass(
        int[] queries,
        IReadOnlyList<string> texts,
        IReadOnlyList<string> background,
        VisualPrompt prompts,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        (RecurrenceResult result, _) = run.Recur(
            [.. queries.Select(i => texts[i])],
            [.. queries.Select(CarQueries.IdOf)],
            background,
            prompts,
            false,
            progress,
            cancellation);
        int before = _trace.Count;
        _trace.AddRange(result.Trace.Select(round => round with { Round = before + round.Round }));
        LabelMap labels = clock.Time("crf", () => Labels(result.Proposals, cancellation));
        IEnumerable<QueryMask> masks = result.Queries.Select(
            (query, i) => new QueryMask(
                queries[query], labels.MaskOf(i + 1), result.Scores[i])).Where(mask => mask.Mask.CountPixels() > 0);
        // Where masks overlap after snapping, the surer one lies on top.
        return [.. Snap([.. masks]).OrderBy(mask => mask.Score)];
    }

    // 0 for background, else the place of the query from 1 on.
    private LabelMap Labels(SoftMasks proposals, CancellationToken cancellation)
    {
        bool fits = proposals.Count <= options.MaxCrfLabels;
        if (!fits)
            _warnings.Add($"{proposals.Count} queries are left; more than {options.MaxCrfLabels} masks are decided "
                + "without the CRF");
        if (!fits || !options.UsesCrf)
            return ProposalArgMax.Of(proposals, options.HasBackground, options.BackgroundFactor);
        float[] soft = Write(proposals);
        return options.HasBackground
            ? run.Refinement.Compete(soft, proposals.Count, options.BackgroundFactor, cancellation)
            : run.Refinement.CompeteWithoutBackground(soft, proposals.Count, cancellation);
    }

    private IReadOnlyList<QueryMask> Snap(IReadOnlyList<QueryMask> masks)
    {
        if (samMasks is null || options.Matching is null || masks.Count == 0)
            return masks;
        IReadOnlyList<RunLengthEncoding> found = clock.Time("sam", samMasks);
        var matcher = new SamMaskMatcher(found, options.Matching);
        return [.. masks.Select(
            mask => mask with { Mask = matcher.Match(RunLengthEncoding.FromMask(mask.Mask)).Mask.ToMask() })];
    }

    private static float[] Write(SoftMasks proposals)
    {
        int area = proposals.Height * proposals.Width;
        var soft = new float[proposals.Count * area];
        Parallel.For(0, proposals.Count, i => proposals.Write(i, soft.AsSpan(i * area, area)));
        return soft;
    }
}

using System.Globalization;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>What the tiles' outcomes say besides their segments, added up.</summary>
internal sealed class TileSummary
{
    private readonly Dictionary<string, double> _seconds = [];
    private readonly HashSet<string> _warnings = [];
    private SegmentationOutcome? _last;

    /// <summary>Adds a tile's outcome.</summary>
    public void Add(SegmentationOutcome outcome)
    {
        _last = outcome;
        foreach (StageTiming timing in outcome.Timings)
            _seconds[timing.Stage] = _seconds.GetValueOrDefault(timing.Stage) + timing.Seconds;
        _warnings.UnionWith(outcome.Warnings);
    }

    /// <summary>The outcome of the whole picture.</summary>
    public SegmentationOutcome Outcome(IReadOnlyList<ResultSegment> segments, TileOptions options, int tiles) => new()
    {
        Segments = segments,
        Models = _last?.Models ?? [],
        Settings = new Dictionary<string, string>(_last?.Settings ?? new Dictionary<string, string>())
        {
            ["tile_size"] = options.Size.ToString(CultureInfo.InvariantCulture),
            ["tile_overlap"] = options.Overlap.ToString(CultureInfo.InvariantCulture),
        },
        Timings = [.. _seconds.Select(stage => new StageTiming(stage.Key, stage.Value))],
        Warnings =
            [$"the picture was looked at in {tiles} tiles of {options.Size} pixels; maps are not made", .. _warnings],
    };
}

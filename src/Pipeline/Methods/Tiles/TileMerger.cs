using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>
/// Puts the tiles' segments together: two of one class are one where their tiles overlap and both agree on it; what has
/// no number, grass or sky, is one segment of its class. Works on runs; no mask is ever as large as the picture.
/// </summary>
/// <param name="width">Columns of the picture.</param>
/// <param name="height">Rows of the picture.</param>
/// <param name="options">When pieces agree.</param>
internal sealed class TileMerger(int width, int height, TileOptions options)
{
    private readonly List<TilePiece> _pieces = [];
    private readonly Dictionary<int, TilePiece> _stuff = [];
    private List<TilePiece> _above = [], _row = [];

    /// <summary>Takes what was found in a tile; tiles come row by row, from left to right.</summary>
    public void Add(in Tile tile, IEnumerable<ResultSegment> segments)
    {
        var found = new List<TilePiece>();
        foreach (ResultSegment segment in segments.Where(segment => segment.Area > 0))
            found.Add(new TilePiece(segment, ColumnMask.From(segment.Segmentation.Decode(), tile), tile));
        foreach (IGrouping<Tile, TilePiece> neighbour in _above.Concat(_row).GroupBy(piece => piece.Tile))
        {
            Tile common = tile.Intersect(neighbour.Key);
            if (!common.IsEmpty)
                Match(found, [.. neighbour], common);
        }

        foreach (TilePiece piece in found.Where(IsStuff))
        {
            if (!_stuff.TryAdd(piece.Segment.Category!.Value, piece))
                _stuff[piece.Segment.Category.Value].Join(piece);
        }

        _pieces.AddRange(found);
        _row.AddRange(found);
    }

    /// <summary>Says that a row of tiles has ended.</summary>
    public void EndRow() => (_above, _row) = (_row, []);

    /// <summary>The segments of the picture, numbered from 1, the surest pieces' scores as theirs.</summary>
    public IReadOnlyList<ResultSegment> Segments() =>
    [
        .. _pieces.Where(piece => !piece.IsLeftOut)
            .GroupBy(piece => piece.Root)
            .Select((group, i) => Whole([.. group], i + 1)),
    ];

    private ResultSegment Whole(IReadOnlyList<TilePiece> pieces, int id)
    {
        ResultSegment surest = pieces.MaxBy(piece => piece.Segment.Score)!.Segment;
        RunLengthEncoding mask = ColumnMask.Union([.. pieces.Select(piece => piece.Mask)]).ToRunLengths(width, height);
        return ResultSegment.Of(
            id, mask, surest.Category, surest.Label, surest.Prompt, surest.Score, surest.IsThing, surest.Source) with
        {
            SnappedIoU = surest.SnappedIoU,
        };
    }

    // One to one, those that agree best first; what is left over and cut may be a worse view of the neighbour's.
    private void Match(IReadOnlyList<TilePiece> found, IReadOnlyList<TilePiece> known, Tile common)
    {
        var pairs = new List<(double IoU, TilePiece One, TilePiece Other)>();
        foreach (TilePiece one in found.Where(piece => !IsStuff(piece)))
        {
            foreach (TilePiece other in
                known.Where(piece => !IsStuff(piece) && piece.Segment.Category == one.Segment.Category))
            {
                if (one.Mask.Box.Intersect(other.Mask.Box).Intersect(common).IsEmpty)
                    continue;
                long both = one.Mask.CommonIn(other.Mask, common);
                if (both == 0)
                    continue;
                long oneArea = one.Mask.AreaIn(common), otherArea = other.Mask.AreaIn(common);
                pairs.Add(((double)both / (oneArea + otherArea - both), one, other));
                LeaveOutIfSeenBetter(one, both, common);
                LeaveOutIfSeenBetter(other, both, common);
            }
        }

        var taken = new HashSet<TilePiece>();
        foreach ((double iou, TilePiece one, TilePiece other) in
            pairs.Where(pair => pair.IoU >= options.MergeIoU).OrderByDescending(pair => pair.IoU))
        {
            if (taken.Contains(one) || taken.Contains(other))
                continue;
            taken.Add(one);
            taken.Add(other);
            one.IsLeftOut = other.IsLeftOut = false;
            other.Join(one);
        }
    }

    private void LeaveOutIfSeenBetter(TilePiece piece, long covered, in Tile common)
    {
        if (covered >= options.CoveredShare * piece.Mask.Area
            && common.Contains(piece.Mask.Box)
            && piece.IsCut(width, height))
            piece.IsLeftOut = true;
    }

    private static bool IsStuff(TilePiece piece) => piece.Segment is { IsThing: false, Category: not null };
}

using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>What one tile shows of a segment; pieces of one segment point at each other.</summary>
/// <param name="segment">The segment as the method found it in the tile.</param>
/// <param name="mask">Where it lies in the picture.</param>
/// <param name="tile">The tile.</param>
internal sealed class TilePiece(ResultSegment segment, ColumnMask mask, Tile tile)
{
    private TilePiece? _parent;

    /// <summary>The segment as the method found it in the tile, without its mask.</summary>
    public ResultSegment Segment { get; } = segment with { Segmentation = new MaskRle([0, 0], "") };

    /// <summary>Where it lies in the picture.</summary>
    public ColumnMask Mask => mask;

    /// <summary>The tile.</summary>
    public Tile Tile => tile;

    /// <summary>Whether a better view of it is known.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>The piece that stands for all pieces of the segment.</summary>
    public TilePiece Root => _parent is null ? this : _parent = _parent.Root;

    /// <summary>Says that both are pieces of one segment.</summary>
    public void Join(TilePiece other)
    {
        if (Root != other.Root)
            other.Root._parent = Root;
    }

    /// <summary>Whether the tile's border cut it: it touches a side of the tile that is not the picture's.</summary>
    public bool IsCut(int width, int height) =>
        (mask.Box.X0 == tile.X0 && tile.X0 > 0) || (mask.Box.X1 == tile.X1 && tile.X1 < width)
        || (mask.Box.Y0 == tile.Y0 && tile.Y0 > 0) || (mask.Box.Y1 == tile.Y1 && tile.Y1 < height);
}

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>Sizes of a decoder that works on tiles of cells.</summary>
/// <param name="Cells">Cells of the image, a multiple of <see cref="Tile"/>.</param>
/// <param name="Channels">Channels of a cell.</param>
/// <param name="Heads">Heads of an attention.</param>
/// <param name="Tokens">Tokens of a prompt.</param>
internal readonly record struct CellSizes(int Cells, int Channels, int Heads, int Tokens)
{
    /// <summary>
    /// Cells that are worked on at a time, so that what a prompt knows of them stays in the nearest caches.
    /// </summary>
    public const int Tile = 64;

    /// <summary>Tiles of the image.</summary>
    public int Tiles => Cells / Tile;

    /// <summary>Pairs of a head and a token: how many numbers an attention has for a cell.</summary>
    public int Pairs => Heads * Tokens;

    /// <summary>Width of all heads of a cross-attention.</summary>
    public int CrossWidth => Channels / 2;

    /// <summary>Width of one head.</summary>
    public int HeadWidth => CrossWidth / Heads;
}

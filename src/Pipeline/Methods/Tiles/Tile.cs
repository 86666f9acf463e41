namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>A part of a large picture; whole pixels, half-open.</summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge.</param>
/// <param name="Y1">Bottom edge.</param>
internal readonly record struct Tile(int X0, int Y0, int X1, int Y1)
{
    /// <summary>Columns.</summary>
    public int Width => X1 - X0;

    /// <summary>Rows.</summary>
    public int Height => Y1 - Y0;

    /// <summary>Whether there is anything in it.</summary>
    public bool IsEmpty => X1 <= X0 || Y1 <= Y0;

    /// <summary>What two have in common.</summary>
    public Tile Intersect(in Tile other) =>
        new(Math.Max(X0, other.X0), Math.Max(Y0, other.Y0), Math.Min(X1, other.X1), Math.Min(Y1, other.Y1));

    /// <summary>Whether another lies inside.</summary>
    public bool Contains(in Tile other) => other.X0 >= X0 && other.Y0 >= Y0 && other.X1 <= X1 && other.Y1 <= Y1;

    /// <summary>Where tiles begin along a side: as few as overlap enough, evenly spread.</summary>
    /// <param name="length">The side.</param>
    /// <param name="size">Side of a tile.</param>
    /// <param name="overlap">Least overlap.</param>
    public static IReadOnlyList<int> Starts(int length, int size, int overlap)
    {
        if (length <= size)
            return [0];
        int count = (int)Math.Ceiling((double)(length - overlap) / (size - overlap));
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (length - size) / (count - 1)))];
    }
}

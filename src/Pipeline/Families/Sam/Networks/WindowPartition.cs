namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// Where the tokens of a square map go when it is cut into windows. The map is padded right and bottom to a multiple of
/// the window; padded places read one extra row after the last token.
/// </summary>
internal sealed class WindowPartition
{
    /// <param name="gridSize">Side of the map.</param>
    /// <param name="windowSize">Side of a window.</param>
    public WindowPartition(int gridSize, int windowSize)
    {
        WindowSize = windowSize;
        int perSide = (gridSize + windowSize - 1) / windowSize;
        Count = perSide * perSide;
        TokenOfPlace = new long[Count * windowSize * windowSize];
        PlaceOfToken = new long[gridSize * gridSize];

        int paddingRow = gridSize * gridSize;
        for (int place = 0; place < TokenOfPlace.Length; place++)
        {
            (int window, int inside) = Math.DivRem(place, windowSize * windowSize);
            int y = (window / perSide * windowSize) + (inside / windowSize);
            int x = (window % perSide * windowSize) + (inside % windowSize);
            bool padded = y >= gridSize || x >= gridSize;
            TokenOfPlace[place] = padded ? paddingRow : (y * gridSize) + x;
            if (!padded)
                PlaceOfToken[(y * gridSize) + x] = place;
        }
    }

    /// <summary>Side of a window.</summary>
    public int WindowSize { get; }

    /// <summary>Number of windows.</summary>
    public int Count { get; }

    /// <summary>Whether any place is padding.</summary>
    public bool IsPadded => TokenOfPlace.Length > PlaceOfToken.Length;

    /// <summary>For each place, window by window and row-major inside, the token it reads.</summary>
    public long[] TokenOfPlace { get; }

    /// <summary>For each token, row-major on the map, its place.</summary>
    public long[] PlaceOfToken { get; }
}

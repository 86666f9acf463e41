namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>A part of the picture that is segmented as a picture of its own; whole pixels, half-open.</summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge.</param>
/// <param name="Y1">Bottom edge.</param>
/// <param name="Layer">0 for the whole picture; layer i has 4ⁱ crops.</param>
internal readonly record struct CropBox(int X0, int Y0, int X1, int Y1, int Layer)
{
    /// <summary>Columns.</summary>
    public int Width => X1 - X0;

    /// <summary>Rows.</summary>
    public int Height => Y1 - Y0;

    /// <summary>Pixels.</summary>
    public long Area => (long)Width * Height;

    /// <summary>The whole picture and the overlapping crops of every layer, in the official order.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="layers">Layers of crops besides the whole picture.</param>
    /// <param name="overlapRatio">Overlap in the first layer over the picture's short side; halves with each
    /// layer.</param>
    public static IReadOnlyList<CropBox> Generate(int width, int height, int layers, double overlapRatio)
    {
        var boxes = new List<CropBox> { new(0, 0, width, height, 0) };
        for (int layer = 1; layer <= layers; layer++)
        {
            int perSide = 1 << layer;
            int overlap = (int)(overlapRatio * Math.Min(width, height) * (2.0 / perSide));
            int cropWidth = CropLength(width, perSide, overlap), cropHeight = CropLength(height, perSide, overlap);
            for (int column = 0; column < perSide; column++)
            {
                for (int row = 0; row < perSide; row++)
                {
                    int x = (cropWidth - overlap) * column, y = (cropHeight - overlap) * row;
                    var box = new CropBox(
                        x, y, Math.Min(x + cropWidth, width), Math.Min(y + cropHeight, height), layer);
                    // A picture of a few pixels has fewer of them than crops.
                    if (box.Width > 0 && box.Height > 0)
                        boxes.Add(box);
                }
            }
        }

        return boxes;
    }

    private static int CropLength(int length, int perSide, int overlap) =>
        (int)Math.Ceiling((double)((overlap * (perSide - 1)) + length) / perSide);
}

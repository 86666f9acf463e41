namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>How a picture is cut into patches for the mask proposals.</summary>
/// <param name="Rows">Patches along the height, h.</param>
/// <param name="Columns">Patches along the width, w.</param>
/// <param name="IsReduced">Whether the picture was made smaller to keep the number of patches in bounds.</param>
internal readonly record struct PatchGrid(int Rows, int Columns, bool IsReduced)
{
    /// <summary>Number of patches, P.</summary>
    public int Count => Rows * Columns;

    /// <summary>
    /// Each side rounded up to whole patches (car.md 4.1), at most <paramref name="maxPatches"/> in all.
    /// </summary>
    public static PatchGrid Of(int width, int height, int patchSize, int maxPatches)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPatches);
        double rows = (double)height / patchSize, columns = (double)width / patchSize;
        if (Math.Ceiling(rows) * Math.Ceiling(columns) <= maxPatches)
            return new PatchGrid((int)Math.Ceiling(rows), (int)Math.Ceiling(columns), false);
        // A narrow picture keeps at least one row or column, and the other side takes what remains.
        double scale = Math.Sqrt(maxPatches / (rows * columns));
        int fewRows = Math.Clamp((int)(rows * scale), 1, maxPatches);
        int fewColumns = Math.Clamp((int)(columns * scale), 1, maxPatches);
        return new PatchGrid(Math.Min(fewRows, maxPatches / fewColumns), fewColumns, true);
    }
}

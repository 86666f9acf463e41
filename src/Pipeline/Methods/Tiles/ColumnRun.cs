namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>Pixels of one column of a large picture, half-open.</summary>
/// <param name="X">The column.</param>
/// <param name="Y0">First row.</param>
/// <param name="Y1">Row after the last.</param>
internal readonly record struct ColumnRun(int X, int Y0, int Y1)
{
    /// <summary>Pixels.</summary>
    public int Length => Y1 - Y0;
}

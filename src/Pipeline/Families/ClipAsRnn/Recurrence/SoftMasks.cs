using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>
/// Soft masks of some queries, y of the paper: kept at the size of the patches, and enlarged to the picture when looked
/// at, so that memory does not grow with the picture times the queries. Immutable.
/// </summary>
/// <param name="grid">The patches.</param>
/// <param name="width">Columns of the picture.</param>
/// <param name="height">Rows of the picture.</param>
/// <param name="maps">For each query P floats, 0..1.</param>
internal sealed class SoftMasks(PatchGrid grid, int width, int height, IReadOnlyList<float[]> maps)
{
    private readonly BilinearTaps _rows = new(grid.Rows, height);
    private readonly BilinearTaps _columns = new(grid.Columns, width);

    /// <summary>Number of queries.</summary>
    public int Count => maps.Count;

    /// <summary>Rows of the picture.</summary>
    public int Height => height;

    /// <summary>Columns of the picture.</summary>
    public int Width => width;

    /// <summary>Whether no query has any map.</summary>
    public bool AreEmpty() => maps.All(map => map.All(value => value == 0));

    /// <summary>The map of a query, P floats.</summary>
    public ReadOnlySpan<float> Map(int index) => maps[index];

    /// <summary>Whether a query has no map.</summary>
    public bool IsEmpty(int index) => maps[index].All(value => value == 0);

    /// <summary>Writes the proposal of a query, H×W floats, 0..1.</summary>
    public void Write(int index, Span<float> proposal) =>
        PlaneResizer.Resize(maps[index], grid.Columns, proposal, _rows, _columns);

    /// <summary>The proposal of a query, H×W floats, 0..1.</summary>
    public float[] this[int index]
    {
        get
        {
            var proposal = new float[height * width];
            Write(index, proposal);
            return proposal;
        }
    }

    /// <summary>The proposals of some of the queries.</summary>
    public SoftMasks Of(IEnumerable<int> indices) =>
        new(grid, width, height, [.. indices.Select(index => maps[index])]);
}

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>The vertices that the corners of all points meet in, numbered in the order the points come.</summary>
internal sealed class LatticeVertices
{
    private readonly LatticeSimplices _simplices;
    private readonly VertexTable _table;

    private LatticeVertices(LatticeSimplices simplices, VertexTable table, int[] ofPoint, float[] weights)
    {
        _simplices = simplices;
        _table = table;
        OfPoint = ofPoint;
        Weights = weights;
    }

    /// <summary>Number of vertices.</summary>
    public int Count => _table.Count;

    /// <summary>For each corner of each point, its vertex: N × (d+1).</summary>
    public int[] OfPoint { get; }

    /// <summary>For each corner of each point, its barycentric weight: N × (d+1).</summary>
    public float[] Weights { get; }

    /// <summary>Finds and numbers the vertices.</summary>
    public static LatticeVertices Around(LatticeSimplices simplices, ThreadRanges ranges)
    {
        int corners = simplices.Dimensions + 1, entries = checked(simplices.PointCount * corners);
        var names = new long[entries];
        var weights = new float[entries];
        ranges.For(simplices.PointCount, (from, to) => simplices.Locate(from, to, names, weights));

        var vertices = new int[entries];
        var table = new VertexTable(simplices.PointCount);
        for (int entry = 0; entry < entries; entry++)
        {
            if (entry + VertexTable.Ahead < entries)
                table.Request(names[entry + VertexTable.Ahead]);
            // The pixel to the left often has the same colour.
            vertices[entry] = entry >= corners && names[entry] == names[entry - corners]
                ? vertices[entry - corners]
                : table.FindOrAdd(names[entry]);
        }

        return new LatticeVertices(simplices, table, vertices, weights);
    }

    /// <summary>The vertices strung along each of the d+1 axes.</summary>
    public LatticeChains[] Chains(ThreadRanges ranges)
    {
        var chains = new LatticeChains[_simplices.Dimensions + 1];
        ranges.Each(chains.Length, axis =>
        {
            var next = new int[_table.Count];
            _table.FindShifted(_simplices.Step(axis), next);
            chains[axis] = LatticeChains.From(next, ranges);
        });
        return chains;
    }
}

using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>
/// Polygons to masks by COCO's rule (maskApi, <c>rleFrPoly</c>), to the pixel: the outline is walked on a grid five
/// times finer; each step to another column that crosses the middle of a pixel column starts or ends a run there.
/// </summary>
internal static class CocoPolygonRaster
{
    private const double Scale = 5;

    /// <summary>The union of all polygons.</summary>
    /// <param name="polygons">x and y in turn, pixels; each is closed by itself.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    public static RunLengthEncoding Fill(IReadOnlyList<double[]> polygons, int height, int width)
    {
        RunLengthEncoding? union = null;
        foreach (double[] polygon in polygons)
        {
            RunLengthEncoding part = FillOne(polygon, height, width);
            union = union is null ? part : RunLengths.Union(union, part);
        }

        return union ?? new RunLengthEncoding(height, width, [height * width]);
    }

    private static RunLengthEncoding FillOne(double[] polygon, int height, int width)
    {
        var crossings = new List<int>();
        int corners = polygon.Length / 2;
        int previousX = 0, previousY = 0;
        bool first = true;
        for (int corner = 0; corner < corners; corner++)
        {
            (int x0, int y0) = Corner(polygon, corner);
            (int x1, int y1) = Corner(polygon, (corner + 1) % corners);
            int dx = Math.Abs(x1 - x0), dy = Math.Abs(y1 - y0);
            // An edge is always walked from its lower end on the longer axis, so that both directions round alike.
            bool flip = (dx >= dy && x0 > x1) || (dx < dy && y0 > y1);
            if (flip)
                (x0, y0, x1, y1) = (x1, y1, x0, y0);
            double slope = dx >= dy ? (double)(y1 - y0) / dx : (double)(x1 - x0) / dy;
            int steps = Math.Max(dx, dy);
            for (int step = 0; step <= steps; step++)
            {
                int t = flip ? steps - step : step;
                int x = dx >= dy ? x0 + t : (int)(x0 + (slope * t) + 0.5);
                int y = dx >= dy ? (int)(y0 + (slope * t) + 0.5) : y0 + t;
                if (!first && x != previousX)
                    AddCrossing(crossings, previousX, previousY, x, y, height, width);
                (previousX, previousY, first) = (x, y, false);
            }
        }

        return FromCrossings(crossings, height, width);
    }

    private static (int X, int Y) Corner(double[] polygon, int corner) =>
        ((int)((Scale * polygon[2 * corner]) + 0.5), (int)((Scale * polygon[(2 * corner) + 1]) + 0.5));

    private static void AddCrossing(List<int> crossings, int x0, int y0, int x1, int y1, int height, int width)
    {
        double column = ((x1 < x0 ? x1 : x1 - 1) + 0.5) / Scale - 0.5;
        if (Math.Floor(column) != column || column < 0 || column > width - 1)
            return;
        double row = ((y1 < y0 ? y1 : y0) + 0.5) / Scale - 0.5;
        crossings.Add(((int)column * height) + (int)Math.Ceiling(Math.Clamp(row, 0, height)));
    }

    private static RunLengthEncoding FromCrossings(List<int> crossings, int height, int width)
    {
        crossings.Add(height * width);
        crossings.Sort();
        var counts = new List<int>(crossings.Count);
        int position = 0;
        for (int i = 0; i < crossings.Count; i++)
        {
            int length = crossings[i] - position;
            position = crossings[i];
            // A run of nothing joins its neighbours, except the very first, which says that the mask begins at once.
            if (length > 0 || counts.Count == 0)
                counts.Add(length);
            else if (++i < crossings.Count)
            {
                counts[^1] += crossings[i] - position;
                position = crossings[i];
            }
        }

        return new RunLengthEncoding(height, width, [.. counts]);
    }
}

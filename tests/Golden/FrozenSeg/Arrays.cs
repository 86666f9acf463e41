using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>Small rearrangements of arrays for comparisons.</summary>
internal static class Arrays
{
    /// <summary>A matrix, transposed.</summary>
    public static float[] Transpose(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
        return transposed;
    }

    /// <summary>Every n-th plane of a tensor <c>[1, C, h, w]</c>.</summary>
    public static float[] EveryPlane(TensorBuffer<float> map, int step)
    {
        int area = map.Shape[2] * map.Shape[3];
        return [.. Enumerable.Range(0, map.Shape[1] / step).SelectMany(
            plane => map.Span.Slice(plane * step * area, area).ToArray())];
    }

    /// <summary>Every n-th row and column of each plane of <c>[1, C, h, w]</c>.</summary>
    public static float[] Thinned(TensorBuffer<float> map, int step)
    {
        int height = map.Shape[2], width = map.Shape[3];
        var taken = new List<float>();
        for (int plane = 0; plane < map.Shape[1]; plane++)
            for (int y = 0; y < height; y += step)
                for (int x = 0; x < width; x += step)
                    taken.Add(map.Span[(((plane * height) + y) * width) + x]);
        return [.. taken];
    }

    /// <summary>Compares the sum of all elements, relative.</summary>
    public static GoldenCheck SumCheck(string what, ReadOnlySpan<float> values, NpyArray expected)
    {
        double sum = 0, wanted = expected.Doubles[0];
        foreach (float value in values)
            sum += value;
        return new GoldenCheck(
            what, Math.Abs(sum - wanted) / Math.Max(1, Math.Abs(wanted)), 1e-5, $"{sum} instead of {wanted}");
    }
}

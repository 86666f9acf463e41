using FrozenSeg.Pipeline.Tensors;

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
        return [.. Enumerable.Range(0, map.Shape[1] / step).SelectMany(plane => map.Span.Slice(plane * step * area, area).ToArray())];
    }
}

namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>Changes between planes, C×H×W, and values of one pixel side by side, H×W×stride.</summary>
internal static class PixelPlanes
{
    /// <summary>The least multiple of <paramref name="width"/> that holds <paramref name="planes"/> values.</summary>
    public static int Stride(int planes, int width) => (planes + width - 1) / width * width;

    /// <summary>Planes to pixels, times <paramref name="scale"/>; channels beyond the planes hold <paramref name="padding"/>.</summary>
    public static float[] Interleave(ReadOnlySpan<float> planes, int count, int stride, float scale, float padding)
    {
        int pixels = planes.Length / count;
        var values = new float[checked(pixels * stride)];
        if (stride > count)
            Array.Fill(values, padding);
        for (int plane = 0; plane < count; plane++)
        {
            ReadOnlySpan<float> source = planes.Slice(plane * pixels, pixels);
            for (int pixel = 0, at = plane; pixel < source.Length; pixel++, at += stride)
                values[at] = source[pixel] * scale;
        }

        return values;
    }

    /// <summary>Pixels to planes.</summary>
    public static float[] Separate(ReadOnlySpan<float> values, int count, int stride)
    {
        int pixels = values.Length / stride;
        var planes = new float[pixels * count];
        for (int plane = 0; plane < count; plane++)
        {
            Span<float> target = planes.AsSpan(plane * pixels, pixels);
            for (int pixel = 0, at = plane; pixel < target.Length; pixel++, at += stride)
                target[pixel] = values[at];
        }

        return planes;
    }
}

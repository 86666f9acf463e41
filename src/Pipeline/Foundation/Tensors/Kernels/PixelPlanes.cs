namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels;

/// <summary>
/// Changes between planes, C×H×W, and lanes, ⌈C/width⌉×H×W×width: a few values of one pixel side by side, then those of
/// the next pixel.
/// </summary>
internal static class PixelPlanes
{
    /// <summary>
    /// Planes to lanes, times <paramref name="scale"/>; channels beyond the planes hold <paramref name="padding"/>.
    /// </summary>
    public static float[] Interleave(ReadOnlySpan<float> planes, int count, int width, float scale, float padding)
    {
        int pixels = planes.Length / count;
        var lanes = new float[checked((count + width - 1) / width * width * pixels)];
        if (count % width > 0)
            lanes.AsSpan(count / width * width * pixels).Fill(padding);
        for (int plane = 0; plane < count; plane++)
        {
            ReadOnlySpan<float> source = planes.Slice(plane * pixels, pixels);
            for (int pixel = 0, at = Start(plane, pixels, width); pixel < source.Length; pixel++, at += width)
                lanes[at] = source[pixel] * scale;
        }

        return lanes;
    }

    /// <summary>Lanes to planes.</summary>
    public static float[] Separate(ReadOnlySpan<float> lanes, int count, int pixels, int width)
    {
        var planes = new float[pixels * count];
        for (int plane = 0; plane < count; plane++)
        {
            Span<float> target = planes.AsSpan(plane * pixels, pixels);
            for (int pixel = 0, at = Start(plane, pixels, width); pixel < target.Length; pixel++, at += width)
                target[pixel] = lanes[at];
        }

        return planes;
    }

    private static int Start(int plane, int pixels, int width) => (plane / width * width * pixels) + (plane % width);
}

using System.Globalization;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>postprocess*.npz</c>: low-resolution logits taken to several picture sizes.</summary>
internal sealed class PostprocessKind() : FileKind("sam", "postprocess*.npz")
{
    private const double Tolerance = 1e-5;
    private const int MaskSize = 256;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        NpyArray seed = golden["lowres_base_16"];
        int masks = seed.Shape[1], side = seed.Shape[2];
        float[][] logits = [.. Enumerable.Range(0, masks).Select(mask =>
        {
            var plane = new float[MaskSize * MaskSize];
            PlaneResizer.Resize(
                seed.Floats.AsSpan(mask * side * side, side * side), side, side, plane, MaskSize, MaskSize);
            return plane;
        })];

        var checks = new List<GoldenCheck>();
        foreach (string name in golden.Names.Where(name => name.StartsWith("input_size_", StringComparison.Ordinal)))
        {
            string size = name["input_size_".Length..];
            int[] picture = [.. size.Split('x').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
            long[] resized = golden[name].Integers;
            var transform = new ResizeTransform(picture[1], picture[0], (int)resized[1], (int)resized[0]);
            checks.Add(Compare.That(
                name, ResizeTransform.LongestSide(picture[1], picture[0], 1024) == transform));
            var upscaler = new MaskUpscaler(MaskSize, 1024, transform);
            checks.AddRange(Compared(golden, size, logits, upscaler, picture));
        }

        return checks;
    }

    private static IEnumerable<GoldenCheck> Compared(
        NpzFile golden, string size, float[][] logits, MaskUpscaler upscaler, int[] picture)
    {
        using TensorBuffer<float> full = TensorBuffer<float>.From(
            [.. logits.SelectMany(plane => upscaler.Upscale(plane))], 1, logits.Length, picture[0], picture[1]);
        yield return golden.Has($"logits_{size}")
            ? Compare.Absolute($"logits_{size}", full.Span, golden[$"logits_{size}"], Tolerance)
            : Compare.Absolute(
                $"logits_{size}", Strided.Planes(full.View, 37), golden[$"logits_{size}_s37"], Tolerance);
        if (!golden.Has($"maskbits_{size}"))
            yield break;

        // A pixel within the tolerance of 0 may fall on either side.
        byte[] bits = golden[$"maskbits_{size}"].Bytes;
        int wrong = 0, area = picture[0] * picture[1];
        for (int mask = 0; mask < logits.Length; mask++)
        {
            BinaryMask raster = upscaler.Rasterise(logits[mask], 1).Runs.ToMask();
            for (int i = 0; i < area; i++)
            {
                int at = (mask * area) + i;
                bool expected = (bits[at / 8] >> (7 - (at % 8)) & 1) != 0;
                if (raster.Pixels[i] != 0 != expected && Math.Abs(full.Span[at]) >= Tolerance)
                    wrong++;
            }
        }

        yield return new GoldenCheck($"maskbits_{size}", wrong, 0);
    }
}

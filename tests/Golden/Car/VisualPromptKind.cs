using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary><c>visual_prompts*.npz</c>: every prompt and several combinations on six masks, to the byte.</summary>
internal sealed class VisualPromptKind() : FileKind("car", "visual_prompts*.npz", "*_visual_prompts*.npz")
{
    private const string OutputPrefix = "out_";

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        NpyArray pixels = golden["image"];
        var image = new PixelImage(pixels.Shape[1], pixels.Shape[0], pixels.Bytes);
        BinaryMask[] masks = Masks(golden["masks"]);
        var checks = new List<GoldenCheck>
        {
            Compare.Equal<int>(
                "geometry",
                [.. masks.SelectMany(Geometry)],
                [.. golden["geometry"].Integers.Select(value => (int)value)]),
            Compare.Equal<byte>("gaussian_blur_15", GaussianBlur.Apply(image).Pixels, golden["gaussian_blur_15"].Bytes),
        };
        foreach (string name in golden.Names.Where(name => name.StartsWith(OutputPrefix, StringComparison.Ordinal)))
        {
            var prompter = new VisualPrompter(image, VisualPromptNames.Parse(name[OutputPrefix.Length..]));
            byte[] expected = golden[name].Bytes;
            int size = image.Pixels.Length;
            checks.AddRange(masks.Select((mask, i) => Compare.Equal<byte>(
                $"{name}[{i}]", prompter.Prompt(mask).Pixels, expected.AsSpan(i * size, size))));
        }

        return checks;
    }

    /// <summary>The masks of an array, N×H×W.</summary>
    public static BinaryMask[] Masks(NpyArray array)
    {
        int height = array.Shape[1], width = array.Shape[2];
        return [.. array.Bytes.Chunk(height * width).Select(mask => new BinaryMask(height, width, mask))];
    }

    private static int[] Geometry(BinaryMask mask)
    {
        MaskExtent extent = MaskExtent.Of(mask)!.Value;
        return [extent.CentreY, extent.CentreX, extent.Height, extent.Width];
    }
}

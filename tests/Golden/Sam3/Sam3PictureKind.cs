using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary><c>case_picture.npz</c>: preprocessing, backbone and neck, block by block.</summary>
internal sealed class Sam3PictureKind() : FileKind("sam3", "case_picture.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using JsonDocument tiny = JsonDocument.Parse(File.ReadAllBytes(file.Sibling("tiny.json")));
        using WeightFile weights = WeightFile.Open(file.Sibling("tiny.safetensors"));
        Sam3Configuration model = Sam3Sizes.Read(tiny.RootElement);
        var tolerances = new Sam3Tolerances();
        PixelImage picture = Picture(golden["picture"]);
        PixelImage resized = ImageResizer.Resize(picture, model.ImageSize, model.ImageSize, ResampleFilter.Bilinear);
        yield return Compare.Equal<byte>("resized", resized.Pixels, golden["resized"].Bytes);
        yield return Compare.Absolute(
            "position_map",
            Channels(new SineCode(model.Width).Map(model.Grid), model.Width),
            golden["position_map"],
            tolerances.Maps);

        using TensorBuffer<float> input = Sam3Vision.Input(picture, model.ImageSize);
        yield return Compare.Absolute(
            "input_s4",
            new StageValue([.. input.Shape], input.Span.ToArray()).Every([1, 1, 4, 4]),
            golden["input_s4"],
            1e-6);
        Dictionary<string, StageValue> stages = new Sam3Stages(model, weights, context.Sessions).Picture(input);
        foreach (string name in golden.Names.Where(IsStage))
        {
            double tolerance = name.StartsWith("fpn", StringComparison.Ordinal) ? tolerances.Maps : tolerances.Vision;
            yield return Compare.Absolute(name, Sam3Stages.Select(name, stages).Values, golden[name], tolerance);
        }
    }

    /// <summary>A picture of a golden, H×W×3.</summary>
    public static PixelImage Picture(NpyArray pixels) => new(pixels.Shape[1], pixels.Shape[0], pixels.Bytes);

    private static bool IsStage(string name) =>
        name.StartsWith("fpn", StringComparison.Ordinal)
        || name.StartsWith("vit", StringComparison.Ordinal)
        || name is "patch_embed" or "ln_pre";

    // Cell by cell to channel by channel.
    private static float[] Channels(float[] cells, int width) =>
        [.. Enumerable.Range(0, cells.Length).Select(
            i => cells[(i % (cells.Length / width) * width) + (i / (cells.Length / width))])];
}

using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary>
/// <c>preprocess*.npz</c>: the stretched picture, the square in the middle, a proposal enlarged to the picture.
/// </summary>
internal sealed class PreprocessKind() : FileKind("car", "*preprocess*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        ClipVisionConfiguration model = ClipConfigurations.VitB16.Vision!;
        PixelImage image = golden["image"].Image();
        PatchGrid grid = image.Grid();
        PixelImage stretched = ClipPreprocessing.Stretch(image, 16, grid.Rows, grid.Columns);
        yield return Compare.Equal<byte>("resize16_u8", stretched.Pixels, golden["resize16_u8"].Bytes);
        yield return Normalised("cam_input", stretched, golden, model);
        foreach (int side in new[] { 112, 224 })
        {
            NpyArray whole = golden[$"resize_short{side}_u8"];
            PixelImage resized = ImageResizer.Resize(image, whole.Shape[1], whole.Shape[0], ResampleFilter.Bicubic);
            yield return Compare.Equal<byte>($"resize_short{side}_u8", resized.Pixels, whole.Bytes);
            yield return Normalised($"clip{side}", ClipPreprocessing.CentreSquare(image, side), golden, model);
        }

        float[] map = golden["lowres_map"].Floats;
        ClassActivationMap.Stretch(map);
        yield return Compare.Absolute(
            "scaled_resized_map",
            new SoftMasks(grid, image.Width, image.Height, [map])[0],
            golden["scaled_resized_map"],
            1e-6);
    }

    private static GoldenCheck Normalised(string name, PixelImage image, NpzFile golden, ClipVisionConfiguration model)
    {
        using TensorBuffer<float> actual = ClipPreprocessing.Normalise([image], model);
        return Compare.Absolute(name, actual.Span, golden[name], 1e-6);
    }
}

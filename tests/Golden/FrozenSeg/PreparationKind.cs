using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>preproc_*.npz</c>: from a picture to the inputs of both encoders.</summary>
internal sealed class PreparationKind() : FileKind("frozenseg", "preproc_*.npz")
{
    private const int SamSize = 1024;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        int[] meta = Array.ConvertAll(golden["meta"].Integers, value => (int)value);
        var image = new PixelImage(meta[1], meta[0], golden["image_rgb_hwc"].Bytes);
        var options = new FrozenSegInputOptions { MinSize = meta[2], MaxSize = meta[3] };
        using EncoderInputs picture = EncoderInputs.From(image, options);
        using TensorBuffer<float> sam = picture.ForSam(SamSize, options.Divisibility);
        return
        [
            Compare.Equal<byte>("resized_rgb_hwc", picture.Resized.Pixels, golden["resized_rgb_hwc"].Bytes),
            Compare.Absolute("clip_input", picture.Clip.Span, golden["clip_input"], 1e-5),
            Compare.Absolute("sam_1024_every31", Arrays.Thinned(sam, 31), golden["sam_1024_every31"], 2e-5),
            Arrays.SumCheck("sam_1024_sum", sam.Span, golden["sam_1024_sum"]),
        ];
    }
}

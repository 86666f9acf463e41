using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>convnext_*.npz</c>, <c>resnet_*.npz</c>: CLIP's convolutional image encoders at all scales.</summary>
internal sealed class BackboneKind() : FileKind("frozenseg", "convnext_*.npz", "resnet_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using StoredWeights weights = StoredWeights.From(golden);
        int[] meta = Array.ConvertAll(golden["meta"].Integers, value => (int)value);
        bool isConvNext = file.Name.StartsWith("convnext", StringComparison.Ordinal);
        ClipBackboneConfiguration model = isConvNext
            ? new ConvNextConfiguration { Widths = meta[..4], Depths = meta[4..8], EmbeddingWidth = 1 }
            : new ResNetConfiguration { Depths = meta[..4], Width = meta[4], EmbeddingWidth = 1 };

        using NetworkRun run = new(context.Sessions, weights.File);
        using TensorBuffer<float> image = golden["x"].ToTensor();
        BackboneFeatures features = ClipBackbones.Network(model).Apply(run.Root["visual"], run.Input("x", image));
        run.Output("stem", features.Stem);
        for (int level = 0; level < features.Levels.Count; level++)
            run.Output($"res{level + 2}", features.Levels[level]);
        using SessionOutputs outputs = run.Run();
        foreach (string name in new[] { "stem", "res2", "res3", "res4", "res5" })
        {
            using TensorBuffer<float> value = outputs.Take<float>(name);
            yield return isConvNext
                ? Compare.Absolute(name, value.Span, golden[name], 2e-5)
                : Compare.RelativeToLargest(name, value.Span, golden[name].Floats, 1e-4);
        }
    }
}

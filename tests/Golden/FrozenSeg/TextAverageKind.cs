using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>text_*.npz</c>: from prompt features to one vector for each synonym.</summary>
internal sealed class TextAverageKind() : FileKind("frozenseg", "text_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        NpyArray features = golden["prompt_features"];
        int width = features.Shape[1], templates = features.Shape[0] / golden["text_classifier"].Shape[0];
        float[] rows = [.. features.Floats.Chunk(templates * width).SelectMany(
            prompts => VocabularyEncoder.Average(prompts, width))];
        yield return Compare.Absolute("text_classifier", rows, golden["text_classifier"], 1e-5);
    }
}

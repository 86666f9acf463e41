using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>logits_*.npz</c>: vectors against a vocabulary.</summary>
internal sealed class LogitsKind() : FileKind("frozenseg", "logits_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        VocabularyClassifier classifier = Classifier(golden);
        float[] logits = classifier.Logits(golden["x"].Floats, golden["logit_scale_param"].Floats[0]);
        yield return Compare.Absolute("logits", logits, golden["logits"], 2e-4);
    }

    /// <summary>The vocabulary that a golden stores.</summary>
    public static VocabularyClassifier Classifier(NpzFile golden) => new(
        golden["text_classifier"].Floats, Array.ConvertAll(golden["num_templates"].Integers, value => (int)value));
}

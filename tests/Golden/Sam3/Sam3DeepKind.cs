using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary>
/// <c>case_deep.npz</c>: the depth of the published model, narrow, with weights made from the tensors' names.
/// </summary>
internal sealed class Sam3DeepKind() : FileKind("sam3", "case_deep.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(file.Sibling($"{file.Name}.json")));
        Sam3Configuration model = Sam3Sizes.Read(facts.RootElement.GetProperty("sizes"));
        string path = Path.Combine(GoldenContext.SyntheticFolder, $"sam3-deep-{Environment.ProcessId}.safetensors");
        try
        {
            SafetensorsWriter.Write(
                path,
                [.. Sam3Graphs.Requirements(model), .. InteractiveGraphs.Requirements(model)],
                new Dictionary<string, string>(),
                Sam3DeepWeights.Elements);
            using WeightFile weights = WeightFile.Open(path);
            PixelImage picture = Sam3PictureKind.Picture(golden["picture"]);
            return
            [
                .. Selftest(facts.RootElement.GetProperty("weights").GetProperty("selftest"), weights),
                .. Picture(golden, facts.RootElement.GetProperty("l2_norms"), model, weights, context, picture),
                .. new Sam3PromptChecks(model, weights, Sam3Tolerances.Deep, context.Sessions)
                    .Run(new Sam3Case(golden, "", facts.RootElement), picture),
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<GoldenCheck> Selftest(JsonElement tensors, WeightFile weights)
    {
        foreach (JsonProperty tensor in
            tensors.EnumerateObject().Where(tensor => weights.Find(tensor.Name) is not null))
        {
            float[] first = tensor.Value.GetProperty("first4").Deserialize<float[]>()!;
            yield return Compare.Equal<float>(
                tensor.Name, weights.ReadFloats(tensor.Name).AsSpan(0, first.Length), first);
        }
    }

    private static IEnumerable<GoldenCheck> Picture(
        NpzFile golden,
        JsonElement norms,
        Sam3Configuration model,
        WeightFile weights,
        GoldenContext context,
        PixelImage picture)
    {
        using TensorBuffer<float> input = Sam3Vision.Input(picture, model.ImageSize);
        Dictionary<string, StageValue> stages = new Sam3Stages(model, weights, context.Sessions).Picture(input);
        foreach (string name in golden.Names.Where(name =>
            name.StartsWith("vit", StringComparison.Ordinal)
                || name.StartsWith("fpn", StringComparison.Ordinal)
                || name.StartsWith("ln_pre", StringComparison.Ordinal)))
        {
            double tolerance = name.StartsWith("fpn", StringComparison.Ordinal)
                ? Sam3Tolerances.Deep.Maps
                : Sam3Tolerances.Deep.Vision;
            yield return Compare.Absolute(name, Sam3Stages.Select(name, stages).Values, golden[name], tolerance);
        }

        // What is not stored whole is compared by its length, so that no block is passed over.
        foreach (JsonProperty norm in norms.EnumerateObject().Where(norm => stages.ContainsKey(norm.Name)))
        {
            double length = Math.Sqrt(stages[norm.Name].Values.Sum(value => (double)value * value));
            yield return new GoldenCheck($"length of {norm.Name}", Math.Abs(length / norm.Value.GetDouble() - 1), 1e-5);
        }
    }
}

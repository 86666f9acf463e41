using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary>
/// <c>case_*.npz</c> of the tiny model: a prompt, or several under <c>textN_</c>, from words and exemplars to masks.
/// </summary>
internal sealed class Sam3PromptKind() : FileKind("sam3", "case_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var pictures = new NpzFile(file.Sibling("case_picture.npz"));
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(file.Sibling($"{file.Name}.json")));
        using JsonDocument tiny = JsonDocument.Parse(File.ReadAllBytes(file.Sibling("tiny.json")));
        using WeightFile weights = WeightFile.Open(file.Sibling("tiny.safetensors"));
        int? size = facts.RootElement.TryGetProperty("image_size", out JsonElement value) ? value.GetInt32() : null;
        Sam3Configuration model = Sam3Sizes.Read(tiny.RootElement, size);
        PixelImage picture = Sam3PictureKind.Picture(pictures["picture"]);
        var checks = new Sam3PromptChecks(model, weights, new Sam3Tolerances(), context.Sessions);
        List<GoldenCheck> results =
            [.. Cases(golden, facts.RootElement).SelectMany(prompt => checks.Run(prompt, picture))];
        if (golden.Has("resized"))
            results.AddRange(OtherSize(golden, model, weights, context, picture));
        return results;
    }

    private static IEnumerable<Sam3Case> Cases(NpzFile golden, JsonElement facts) =>
        facts.TryGetProperty("single", out JsonElement several)
            ? several.EnumerateArray().Select((one, index) => new Sam3Case(golden, $"text{index}_", one))
            : [new Sam3Case(golden, "", facts)];

    private static IEnumerable<GoldenCheck> OtherSize(
        NpzFile golden, Sam3Configuration model, WeightFile weights, GoldenContext context, PixelImage picture)
    {
        using var input = Sam3Vision.Input(picture, model.ImageSize);
        Dictionary<string, StageValue> stages = new Sam3Stages(model, weights, context.Sessions).Picture(input);
        foreach (string name in
            golden.Names.Where(name => name.StartsWith("vit", StringComparison.Ordinal) || name == "fpn2"))
            yield return Compare.Absolute(
                name, Sam3Stages.Select(name, stages).Values, golden[name], new Sam3Tolerances().Vision);
    }
}

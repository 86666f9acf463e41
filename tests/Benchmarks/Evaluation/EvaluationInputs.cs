using System.Text.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Benchmarks.Evaluation;

/// <summary>
/// Larger inputs for the evaluators, drawn from numbers: the same files for ours and for the reference, kept in one
/// folder of the temporary files.
/// </summary>
internal static class EvaluationInputs
{
    private const int Height = 427, Width = 640, Classes = 80, Distinct = 100, Frames = 40, FrameHeight = 480,
        FrameWidth = 854;

    private static string Folder => Path.Combine(Path.GetTempPath(), "frozenseg-evaluation-benchmark");

    /// <summary>A panoptic dataset and its predictions: 100 pictures of 427×640 with about 14 wavy segments.</summary>
    public static (string Truth, string Prediction) Panoptic()
    {
        const int Pictures = 100;
        string truth = Path.Combine(Folder, "panoptic", "gt.json"),
            prediction = Path.Combine(Folder, "panoptic", "pred.json");
        if (!File.Exists(prediction))
        {
            WritePanoptic(truth, Pictures, shift: 0);
            WritePanoptic(prediction, Pictures, shift: 6);
        }

        return (truth, prediction);
    }

    /// <summary>The panoptic dataset with as many pictures as wanted: the hundred again and again.</summary>
    public static (string Truth, string Prediction) Panoptic(int pictures)
    {
        (string truth, string prediction) = Panoptic();
        return (Repeat(truth, pictures), Repeat(prediction, pictures));
    }

    /// <summary>Semantic maps of its segments, as many as wanted.</summary>
    public static (string Truth, string Prediction) Semantic(int pictures)
    {
        string truth = Path.Combine(Folder, $"semantic-{pictures}", "gt"),
            prediction = Path.Combine(Folder, $"semantic-{pictures}", "pred");
        foreach ((string folder, int shift) in ((string, int)[])[(truth, 0), (prediction, 6)])
        {
            Directory.CreateDirectory(folder);
            for (int picture = Directory.GetFiles(folder).Length; picture < pictures; picture++)
                File.WriteAllBytes(Path.Combine(folder, $"{picture:D6}.png"), picture < Distinct ? ClassMap(
                    picture, shift) : File.ReadAllBytes(Path.Combine(folder, $"{picture % Distinct:D6}.png")));
        }

        return (truth, prediction);
    }

    /// <summary>COCO instances and scored masks: 400 pictures, 8 objects and 30 detections each.</summary>
    public static (string Truth, string Prediction) Instances()
    {
        const int Pictures = 400;
        string truth = Path.Combine(Folder, "instances", "gt.json"),
            prediction = Path.Combine(Folder, "instances", "pred.json");
        if (!File.Exists(prediction))
            WriteInstances(truth, prediction, Pictures);
        return (truth, prediction);
    }

    /// <summary>A DAVIS root with one sequence of 40 frames and two objects, and predictions.</summary>
    public static (string Truth, string Prediction) Video()
    {
        string root = Path.Combine(Folder, "davis"), prediction = Path.Combine(Folder, "davis-pred");
        if (!File.Exists(Path.Combine(prediction, "blobs", $"{Frames - 1:D5}.png")))
        {
            WriteFrames(Path.Combine(root, "Annotations", "480p", "blobs"), shift: 0);
            WriteFrames(Path.Combine(root, "JPEGImages", "480p", "blobs"), shift: 0, ending: ".jpg");
            Directory.CreateDirectory(Path.Combine(root, "ImageSets", "2017"));
            File.WriteAllText(Path.Combine(root, "ImageSets", "2017", "val.txt"), "blobs\n");
            WriteFrames(Path.Combine(prediction, "blobs"), shift: 9);
        }

        return (root, prediction);
    }

    private static void WritePanoptic(string path, int pictures, int shift)
    {
        string folder = Path.ChangeExtension(path, null);
        Directory.CreateDirectory(folder);
        var annotations = new List<object>();
        for (int picture = 1; picture <= pictures; picture++)
        {
            LabelMap map = Segments(picture, shift);
            int[] ids = [.. map.Labels.ToArray().Distinct().Where(id => id > 0)];
            File.WriteAllBytes(Path.Combine(folder, $"{picture:D6}.png"), PanopticPng.Write(map));
            annotations.Add(new
            {
                image_id = picture,
                file_name = $"{picture:D6}.png",
                segments_info = ids.Select(id => new
                {
                    id,
                    category_id = 1 + (id / 65_793 % Classes),
                    iscrowd = 0,
                    area = map.Labels.Count(id),
                }),
            });
        }

        var categories = Enumerable.Range(1, Classes).Select(id => new { id, name = $"class {id}", isthing = id % 2 });
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(new { annotations, categories }));
    }

    private static string Repeat(string document, int pictures)
    {
        string path = Path.Combine(Folder, $"panoptic-{pictures}", Path.GetFileName(document)),
            folder = Path.ChangeExtension(path, null);
        if (File.Exists(path))
            return path;
        Directory.CreateDirectory(folder);
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(document))!;
        JsonArray annotations = json["annotations"]!.AsArray();
        int distinct = annotations.Count;
        for (int picture = 0; picture < pictures; picture++)
        {
            JsonNode annotation = annotations[picture % distinct]!.DeepClone();
            string from = Path.Combine(
                Path.ChangeExtension(document, null), annotation["file_name"]!.GetValue<string>());
            annotation["image_id"] = picture + 1;
            annotation["file_name"] = $"{picture + 1:D6}.png";
            File.Copy(from, Path.Combine(folder, $"{picture + 1:D6}.png"), overwrite: true);
            annotations.Add(annotation);
        }

        for (int i = 0; i < distinct; i++)
            annotations.RemoveAt(0);
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }

    private static byte[] ClassMap(int seed, int shift)
    {
        LabelMap segments = Segments(seed, shift);
        return LabelMapPng.Write(
            new LabelMap(Height, Width, Array.ConvertAll(segments.Labels.ToArray(), id => id / 65_793 % Classes)));
    }

    // Wavy stripes with discs on them; ids use all three bytes.
    private static LabelMap Segments(int seed, int shift)
    {
        var random = new Random(seed);
        var map = new LabelMap(Height, Width);
        double phase = random.NextDouble() * 6;
        int[] stripes = [.. Enumerable.Range(0, 5).Select(_ => random.Next(1, 255) * 65_793)];
        (int X, int Y, int Radius, int Id)[] discs = [.. Enumerable.Range(0, 10).Select(_ =>
            (random.Next(Width) + shift, random.Next(Height), random.Next(15, 60), random.Next(1, 255) * 65_793))];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double wave = 30 * Math.Sin(((x + shift) * 0.02) + phase);
                map[y, x] = stripes[Math.Clamp((int)((y + wave) * stripes.Length / Height), 0, stripes.Length - 1)];
                foreach ((int discX, int discY, int radius, int id) in discs)
                {
                    if (((x - discX) * (x - discX)) + ((y - discY) * (y - discY)) < radius * radius)
                        map[y, x] = id;
                }
            }
        }

        return map;
    }

    private static void WriteInstances(string truth, string prediction, int pictures)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(truth)!);
        var random = new Random(7);
        var annotations = new List<object>();
        var detections = new List<object>();
        for (int picture = 1; picture <= pictures; picture++)
        {
            for (int i = 0; i < 8; i++)
            {
                (int x, int y, int radius, int category) = (
                    random.Next(Width), random.Next(Height), random.Next(8, 90), random.Next(1, 9) * (Classes / 8));
                RunLengthEncoding mask = Disc(x, y, radius);
                annotations.Add(new
                {
                    id = annotations.Count + 1,
                    image_id = picture,
                    category_id = category,
                    segmentation = Runs(mask),
                    area = mask.Area,
                    iscrowd = 0,
                    bbox = new[] { 0, 0, 1, 1 },
                });
                for (int copy = 0; copy < 4; copy++)
                {
                    RunLengthEncoding found = Disc(
                        x + random.Next(-12, 13), y + random.Next(-12, 13), Math.Max(4, radius + random.Next(-8, 9)));
                    detections.Add(new
                    {
                        image_id = picture,
                        category_id = category,
                        segmentation = Runs(found),
                        score = Math.Round(random.NextDouble(), 5),
                    });
                }
            }
        }

        var images = Enumerable.Range(1, pictures)
            .Select(id => new { id, file_name = $"{id}.jpg", height = Height, width = Width });
        var categories = Enumerable.Range(1, Classes).Select(id => new { id, name = $"class {id}" });
        File.WriteAllBytes(truth, JsonSerializer.SerializeToUtf8Bytes(new { images, annotations, categories }));
        File.WriteAllBytes(prediction, JsonSerializer.SerializeToUtf8Bytes(detections));
    }

    private static RunLengthEncoding Disc(int centreX, int centreY, int radius)
    {
        var mask = new BinaryMask(Height, Width);
        for (int y = Math.Max(0, centreY - radius); y < Math.Min(Height, centreY + radius); y++)
        {
            for (int x = Math.Max(0, centreX - radius); x < Math.Min(Width, centreX + radius); x++)
                mask[y, x] = ((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)) < radius * radius;
        }

        return RunLengthEncoding.FromMask(mask);
    }

    private static object Runs(RunLengthEncoding mask) =>
        new { size = new[] { mask.Height, mask.Width }, counts = mask.ToCocoString() };

    private static void WriteFrames(string folder, int shift, string ending = ".png")
    {
        Directory.CreateDirectory(folder);
        for (int frame = 0; frame < Frames; frame++)
        {
            var map = new LabelMap(FrameHeight, FrameWidth);
            Blob(map, 200 + (4 * frame) + shift, 200, 110, 1);
            Blob(map, 600 - (3 * frame), 280 + shift, 90, 2);
            File.WriteAllBytes(Path.Combine(folder, $"{frame:D5}{ending}"), LabelMapPng.Write(map));
        }
    }

    private static void Blob(LabelMap map, int centreX, int centreY, int radius, int label)
    {
        for (int y = 0; y < FrameHeight; y++)
        {
            for (int x = 0; x < FrameWidth; x++)
            {
                double angle = Math.Atan2(y - centreY, x - centreX), reach = radius * (1 + (0.2 * Math.Sin(7 * angle)));
                if (Math.Sqrt(((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY))) < reach)
                    map[y, x] = label;
            }
        }
    }
}

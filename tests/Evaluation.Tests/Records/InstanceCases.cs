using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>
/// Annotated and detected masks of all sizes, with crowds, equal scores, masks without a pixel, areas that are stated
/// otherwise, and now and then more detections than are looked at.
/// </summary>
/// <param name="measure">Name of the records.</param>
/// <param name="rules">What is measured; the cases of LVIS have what only LVIS has.</param>
internal sealed class InstanceCases(string measure, AveragePrecisionOptions rules) : ICaseWriter
{
    public string Measure => measure;

    public void Write(string folder, CaseRandom random)
    {
        int[] classes = [.. Enumerable.Range(1, random.Between(1, 4)).Select(i => 3 * i)];
        bool statesBoxes = random.Chance(50);
        var images = new List<object>();
        var annotations = new List<object>();
        var detections = new List<object>();
        int first = random.Chance(10) ? 0 : 1, crowded = random.Chance(8) ? random.Between(1, 3) : 0;
        for (int image = 1; image <= random.Between(1, 4); image++)
        {
            int id = 100 - (7 * image), height = random.Between(20, 140), width = random.Between(20, 140);
            images.Add(new
            {
                id,
                height,
                width,
                file_name = $"{id}.jpg",
                neg_category_ids = classes.Where(_ => random.Chance(40)).ToArray(),
                not_exhaustive_category_ids = classes.Where(_ => random.Chance(25)).ToArray(),
            });
            for (int i = 0; i < random.Between(0, 8); i++)
            {
                int category = random.Of(classes);
                (int, int, int, int) box = random.Box(height, width);
                annotations.Add(
                    Annotation(first + annotations.Count, id, category, random.Mask(box, height, width), random));
                if (random.Chance(80))
                    detections.Add(Detection(
                        id,
                        random.Chance(85) ? category : random.Of(classes),
                        random.Mask(random.Near(box, 5, height, width), height, width),
                        statesBoxes,
                        random));
            }

            for (int i = 0; i < (image == crowded ? 320 : random.Between(0, 5)); i++)
                detections.Add(Detection(
                    id,
                    random.Of(classes),
                    random.Mask(random.Box(height, width), height, width),
                    statesBoxes,
                    random));
        }

        // The tools want one detection at least, and one annotation.
        int somewhere = 93;
        var pixel = RunLengthEncoding.FromMask(new BinaryMask(1, 1, [1]));
        images.Add(new
        {
            id = somewhere + 100,
            height = 1,
            width = 1,
            file_name = "pixel.jpg",
            neg_category_ids = classes,
            not_exhaustive_category_ids = Array.Empty<int>(),
        });
        annotations.Add(Annotation(first + annotations.Count, somewhere + 100, classes[0], pixel, random));
        detections.Add(Detection(somewhere + 100, classes[0], pixel, statesBoxes, random));
        CaseFiles.WriteJson(folder, "gt.json", new
        {
            images,
            annotations,
            categories = classes.Select(id => new { id, name = $"class {id}", frequency = random.Of(["r", "c", "f"]) })
                .ToArray(),
        });
        CaseFiles.WriteJson(folder, "pred.json", detections);
    }

    public IReadOnlyDictionary<string, double?> Measured(string folder) => CaseFiles.Figures(InstanceEvaluation.Run(
        Path.Combine(folder, "gt.json"), Path.Combine(folder, "pred.json"), rules, CaseFiles.Options));

    private static object Annotation(int id, int image, int category, RunLengthEncoding mask, CaseRandom random) => new
    {
        id,
        image_id = image,
        category_id = category,
        segmentation = CaseFiles.Runs(mask),
        area = random.Chance(90) ? mask.Area : random.Of([0, 1_000, 9_300]),
        bbox = Box(mask),
        iscrowd = random.Chance(12) ? 1 : 0,
        ignore = random.Chance(5) ? 1 : 0,
    };

    private static Dictionary<string, object> Detection(
        int image, int category, RunLengthEncoding mask, bool statesBoxes, CaseRandom random)
    {
        var detection = new Dictionary<string, object>
        {
            ["image_id"] = image,
            ["category_id"] = category,
            ["segmentation"] = CaseFiles.Runs(mask),
            ["score"] = random.Score(),
        };
        if (statesBoxes)
            detection["bbox"] = Box(mask);
        return detection;
    }

    private static int[] Box(RunLengthEncoding mask)
    {
        if (mask.Area == 0)
            return [0, 0, 0, 0];
        BoxXyxy box = mask.InclusiveBox();
        return [(int)box.X0, (int)box.Y0, (int)(box.X1 - box.X0) + 1, (int)(box.Y1 - box.Y0) + 1];
    }
}

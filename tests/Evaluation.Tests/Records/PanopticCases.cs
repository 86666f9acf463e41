using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>
/// Panoptic maps with void, crowds and stated areas; predictions are the maps with moved, lost, added and renamed
/// segments.
/// </summary>
internal sealed class PanopticCases : ICaseWriter
{
    public string Measure => "panoptic";

    public void Write(string folder, CaseRandom random)
    {
        int classes = random.Between(2, 5), things = random.Between(0, classes);
        object[] categories = [.. Enumerable.Range(1, classes).Select(
            id => new { id, name = $"class {id}", isthing = id <= things ? 1 : 0 })];
        var truth = new List<object>();
        var prediction = new List<object>();
        for (int image = 1; image <= random.Between(1, 3); image++)
        {
            int height = random.Between(4, 30), width = random.Between(4, 30);
            LabelMap annotated = new(height, width), predicted = new(height, width);
            if (random.Chance(70))
                annotated.Labels.Fill(1);
            if (random.Chance(70))
                predicted.Labels.Fill(1);
            for (int id = 2; id <= random.Between(2, 7); id++)
            {
                (int, int, int, int) box = random.Box(height, width);
                random.Paint(annotated, box, random.Chance(85) ? id : 0);
                random.Paint(
                    predicted, random.Near(box, 2, height, width), random.Chance(85) ? id : random.Between(1, 9));
            }

            // Ids beyond 255 take more than one channel.
            int step = random.Of([1, 300, 70_000]);
            var classOf = Enumerable.Range(0, 10).Select(_ => random.Between(1, classes)).ToArray();
            string name = $"{image}.png";
            Dictionary<int, int> areas = Save(folder, Path.Combine("gt", name), annotated, step);
            truth.Add(new
            {
                image_id = image,
                file_name = name,
                segments_info = areas.Keys.Order().Select(id => new
                {
                    id = id * step,
                    category_id = classOf[id],
                    iscrowd = random.Chance(15) ? 1 : 0,
                    area = areas[id] + (random.Chance(10) ? random.Between(1, 5) : 0),
                }).ToArray(),
            });
            areas = Save(folder, Path.Combine("pred", name), predicted, step);
            prediction.Add(new
            {
                image_id = image,
                file_name = name,
                segments_info = areas.Keys.Order().Select(
                    id => new
                    {
                        id = id * step,
                        category_id = random.Chance(85) ? classOf[id] : random.Between(1, classes),
                    }).ToArray(),
            });
        }

        object[] images = [.. Enumerable.Range(1, truth.Count).Select(id => new { id, file_name = $"{id}.jpg" })];
        CaseFiles.WriteJson(folder, "gt.json", new { images, annotations = truth, categories });
        CaseFiles.WriteJson(folder, "pred.json", new { annotations = prediction });
    }

    public IReadOnlyDictionary<string, double?> Measured(string folder) => CaseFiles.Figures(PanopticEvaluation.Run(
        Path.Combine(folder, "gt.json"), Path.Combine(folder, "pred.json"), null, CaseFiles.Options));

    // Pixels of each label that is painted.
    private static Dictionary<int, int> Save(string folder, string name, LabelMap map, int step)
    {
        var ids = new LabelMap(map.Height, map.Width, Array.ConvertAll(map.Labels.ToArray(), label => label * step));
        CaseFiles.Write(folder, name, PanopticPng.Write(ids));
        return map.Labels.ToArray().Where(label => label != 0).CountBy(label => label).ToDictionary();
    }
}

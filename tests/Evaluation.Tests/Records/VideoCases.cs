using FrozenSeg.Evaluation.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>
/// Moving objects in DAVIS's layout; some leave, some are lost, and where they are matched they have other numbers.
/// </summary>
/// <param name="measure">Name of the records.</param>
/// <param name="matches">Whether predicted objects are matched: DAVIS's unsupervised task.</param>
internal sealed class VideoCases(string measure, bool matches) : ICaseWriter
{
    public string Measure => measure;

    public void Write(string folder, CaseRandom random)
    {
        string[] names = [.. Enumerable.Range(1, random.Between(1, 2)).Select(i => $"sequence-{i}")];
        foreach (string name in names)
            WriteSequence(folder, name, random);
        CaseFiles.Write(
            folder, "gt/ImageSets/2017/val.txt", System.Text.Encoding.ASCII.GetBytes(string.Join('\n', names)));
    }

    public IReadOnlyDictionary<string, double?> Measured(string folder) => CaseFiles.Figures(VideoEvaluation.Run(
        Path.Combine(folder, "gt"), Path.Combine(folder, "pred"), new VideoOptions
        {
            MatchObjects = matches,
        }, CaseFiles.Options));

    private void WriteSequence(string folder, string name, CaseRandom random)
    {
        int height = random.Between(12, 50), width = random.Between(12, 50), objects = random.Between(1, 4);
        (int, int, int, int)[] boxes = [.. Enumerable.Range(0, objects).Select(_ => random.Box(height, width))];
        // What the prediction calls each object, and a number nobody has.
        int[] numbers = [.. Enumerable.Range(0, objects).Select(i => matches ? 1 + ((i + 1) % objects) : i + 1)];
        int extra = matches && random.Chance(50) ? random.Between(1, 7) : 0;
        for (int frame = 0; frame < random.Between(3, 11); frame++)
        {
            LabelMap annotated = new(height, width), predicted = new(height, width);
            for (int i = 0; i < objects; i++)
            {
                if (frame > 0 && random.Chance(15))
                    continue;
                boxes[i] = random.Near(boxes[i], 1, height, width);
                random.Paint(annotated, boxes[i], i + 1);
                if (random.Chance(85))
                    random.Paint(predicted, random.Near(boxes[i], 2, height, width), numbers[i]);
            }

            if (extra > 0 && random.Chance(60))
                random.Paint(predicted, random.Box(height, width), extra);
            if (matches && random.Chance(30))
                random.Paint(annotated, random.Near(random.Box(height, width), 3, height, width), 255);
            // The number of objects is the largest in the first frame.
            if (frame == 0)
                annotated[0, 0] = objects;
            CaseFiles.Write(folder, $"gt/Annotations/480p/{name}/{frame:D5}.png", LabelMapPng.Write(annotated));
            CaseFiles.Write(folder, $"pred/{name}/{frame:D5}.png", LabelMapPng.Write(predicted));
        }
    }
}

using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>Expressions that mean an object or nothing, answered well, badly or with nothing.</summary>
internal sealed class ReferringCases : ICaseWriter
{
    public string Measure => "referring";

    public void Write(string folder, CaseRandom random)
    {
        var images = new List<object>();
        var references = new List<object>();
        var answers = new List<object>();
        int count = random.Between(2, 9);
        for (int i = 1; i <= count; i++)
        {
            int height = random.Between(3, 30), width = random.Between(3, 30);
            (int, int, int, int) box = random.Box(height, width);
            // One expression at least means something, and one nothing.
            bool hasTarget = i == 1 || (i > 2 && random.Chance(70));
            RunLengthEncoding answer = random.Mask(random.Near(box, 3, height, width), height, width);
            images.Add(new { id = i, file_name = $"{i}.jpg", height, width });
            references.Add(new
            {
                ref_id = i,
                image_id = i,
                no_target = !hasTarget,
                sentences = new[] { new { sent_id = i, sent = $"expression {i}" } },
                segmentation = hasTarget ? CaseFiles.Runs(random.Mask(box, height, width)) : null,
            });
            answers.Add(new
            {
                sent_id = i,
                segmentation = answer.Area > 0 && random.Chance(hasTarget ? 90 : 40) ? CaseFiles.Runs(answer) : null,
            });
        }

        CaseFiles.WriteJson(folder, "gt.json", new { images, refs = references });
        CaseFiles.WriteJson(folder, "pred.json", answers);
    }

    public IReadOnlyDictionary<string, double?> Measured(string folder) => CaseFiles.Figures(ReferringEvaluation.Run(
        Path.Combine(folder, "gt.json"), Path.Combine(folder, "pred.json"), null, CaseFiles.Options));
}

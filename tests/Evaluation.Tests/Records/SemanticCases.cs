using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>Semantic maps with void; some classes are annotated nowhere, some predicted nowhere.</summary>
internal sealed class SemanticCases : ICaseWriter
{
    public string Measure => "semantic";

    public void Write(string folder, CaseRandom random)
    {
        int classes = random.Between(2, 7);
        for (int image = 1; image <= random.Between(1, 3); image++)
        {
            int height = random.Between(3, 30), width = random.Between(3, 30);
            LabelMap annotated = new(height, width), predicted = new(height, width);
            annotated.Labels.Fill(random.Between(0, classes - 1));
            predicted.Labels.Fill(random.Between(0, classes - 1));
            for (int shape = 0; shape < random.Between(1, 6); shape++)
            {
                (int, int, int, int) box = random.Box(height, width);
                int label = random.Between(0, classes - 1);
                random.Paint(annotated, box, random.Chance(85) ? label : 255);
                random.Paint(predicted, random.Near(box, 2, height, width), random.Chance(80) ? label : random.Between(
                    0, classes - 1));
            }

            // A pixel that is annotated, or there would be nothing to measure.
            annotated[0, 0] = 0;
            CaseFiles.Write(folder, Path.Combine("gt", $"{image}.png"), LabelMapPng.Write(annotated));
            CaseFiles.Write(folder, Path.Combine("pred", $"{image}.png"), LabelMapPng.Write(predicted));
        }

        CaseFiles.WriteJson(folder, "classes.json", Enumerable.Range(0, classes).Select(id => $"class {id}"));
    }

    public IReadOnlyDictionary<string, double?> Measured(string folder) => CaseFiles.Figures(SemanticEvaluation.Run(
        Path.Combine(folder, "gt"),
        Path.Combine(folder, "pred"),
        new SemanticOptions { Classes = ClassesFile.ReadIndices(Path.Combine(folder, "classes.json")) },
        CaseFiles.Options));
}

using System.Globalization;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Video;

/// <summary>Turns the tracks of all objects into DAVIS's figures.</summary>
internal static class VideoReport
{
    public static EvaluationReport Of(
        IReadOnlyDictionary<string, ObjectTrack[]> sequences, IReadOnlyList<PictureScore> scores, VideoOptions rules)
    {
        (string Key, SequenceStatistics J, SequenceStatistics F)[] objects =
        [
            .. from sequence in sequences
               from i in Enumerable.Range(0, sequence.Value.Length)
               select (
                   $"{sequence.Key}_{i + 1}",
                   SequenceStatistics.Of(sequence.Value[i].Regions),
                   SequenceStatistics.Of(sequence.Value[i].Boundaries)),
        ];
        double j = objects.Average(entry => entry.J.Mean), f = objects.Average(entry => entry.F.Mean);
        return new EvaluationReport
        {
            Metric = "video",
            Pictures = scores.Count,
            Groups =
            [
                new FigureGroup(null,
                [
                    Figure.Fraction("J&F", (j + f) / 2),
                    Figure.Fraction("J", j),
                    Figure.Fraction("J_recall", objects.Average(entry => entry.J.Recall)),
                    Figure.Fraction("J_decay", objects.Average(entry => entry.J.Decay)),
                    Figure.Fraction("F", f),
                    Figure.Fraction("F_recall", objects.Average(entry => entry.F.Recall)),
                    Figure.Fraction("F_decay", objects.Average(entry => entry.F.Decay)),
                ]),
            ],
            Classes = [.. objects.Select(entry => new ClassFigures(entry.Key, entry.Key,
            [
                .. Figures("J", entry.J), .. Figures("F", entry.F),
            ]))],
            ClassesName = "objects",
            PictureScores = scores,
            Settings = new Dictionary<string, string>
            {
                ["boundary_share"] = rules.BoundaryShare.ToString(CultureInfo.InvariantCulture),
                ["matched_objects"] = rules.MatchObjects ? "true" : "false",
                ["objects"] = objects.Length.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>The mean of several people's descriptions, with each person's figures as a group.</summary>
    public static EvaluationReport Mean(IReadOnlyList<(string Name, EvaluationReport Evaluation)> people)
    {
        IReadOnlyList<Figure> names = people[0].Evaluation.Groups[0].Figures;
        return people[0].Evaluation with
        {
            Pictures = people.Sum(person => person.Evaluation.Pictures),
            Groups =
            [
                new FigureGroup(null, [.. names.Select((figure, i) => figure with { Value = people.Average(
                    person => person.Evaluation.Groups[0].Figures[i].Value) })]),
                .. people.Select(person => new FigureGroup(person.Name, person.Evaluation.Groups[0].Figures)),
            ],
            Classes = [.. people.SelectMany(person => person.Evaluation.Classes.Select(
                row => row with { Key = $"{person.Name}/{row.Key}", Name = $"{row.Name} ({person.Name})" }))],
            PictureScores = [.. people.SelectMany(person => person.Evaluation.PictureScores.Select(
                score => score with { Picture = $"{score.Picture} ({person.Name})" }))],
        };
    }

    private static IEnumerable<Figure> Figures(string name, SequenceStatistics statistics) =>
    [
        Figure.Fraction($"{name}_mean", statistics.Mean),
        Figure.Fraction($"{name}_recall", statistics.Recall),
        Figure.Fraction($"{name}_decay", statistics.Decay),
    ];
}

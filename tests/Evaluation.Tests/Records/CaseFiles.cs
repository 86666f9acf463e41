using System.Text.Json;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>What the files of cases have in common.</summary>
internal static class CaseFiles
{
    /// <summary>How our evaluations run on cases.</summary>
    public static EvaluationOptions Options { get; } = new() { Threads = 1 };

    /// <summary>Writes a document below a folder.</summary>
    public static void WriteJson(string folder, string name, object document) =>
        Write(folder, name, JsonSerializer.SerializeToUtf8Bytes(document));

    /// <summary>Writes a file below a folder; folders that are missing are made.</summary>
    public static void Write(string folder, string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>A mask as COCO's compressed run lengths.</summary>
    public static object Runs(RunLengthEncoding mask)
    {
        MaskRle runs = MaskRle.From(mask);
        return new { size = runs.Size, counts = runs.Counts };
    }

    /// <summary>Figures by name, with the group before it where there are groups.</summary>
    public static IReadOnlyDictionary<string, double?> Figures(EvaluationReport evaluation) => evaluation.Groups
        .SelectMany(group => group.Figures.Select(
            figure => (Name: group.Name is null ? figure.Name : $"{group.Name}_{figure.Name}", figure.Value)))
        .ToDictionary(figure => figure.Name, figure => figure.Value);
}

using System.Text.Json.Nodes;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>
/// <c>run.json</c>: everything that decides what a run finds. A run goes on only where it says the same, so that
/// results of different settings are never mixed.
/// </summary>
internal static class RunRecord
{
    private const string Name = "run.json";

    /// <summary>Begins a run, or goes on with one.</summary>
    /// <exception cref="SegmentationProblemException">There is a run already and it is not to go on, or it is another
    /// one.</exception>
    public static void Open(string folder, JsonObject record, bool resume)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, EvaluationJson.Write(record));
            return;
        }

        if (!resume)
            throw SegmentationProblem.InvalidRequest(
                path, "there is a run already", "Go on with --resume, or choose another --out");
        JsonObject there = Read(path);
        string[] differences =
            [.. record.Where(entry => !JsonNode.DeepEquals(entry.Value, there[entry.Key])).Select(entry => entry.Key)];
        if (differences.Length > 0)
            throw SegmentationProblem.InvalidRequest(
                path,
                $"the run that is there differs in {string.Join(", ", differences)}",
                "Give the same options, or choose another --out");
    }

    private static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(EvaluationFiles.Load(path)) as JsonObject ?? throw SegmentationProblem.InvalidRequest(
                path, "it is not the record of a run", "Choose another --out");
        }
        catch (System.Text.Json.JsonException)
        {
            throw SegmentationProblem.InvalidRequest(path, "it is not the record of a run", "Choose another --out");
        }
    }
}

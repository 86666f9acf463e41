using System.Text.Json;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>One <c>result.json</c>, read when it is needed: its masks may be many.</summary>
/// <param name="Path">The document.</param>
internal sealed record ResultFile(string Path)
{
    /// <summary>The folder with the files the document names.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    /// <summary>The document.</summary>
    /// <exception cref="SegmentationProblemException">It cannot be read, or is not a valid result.</exception>
    public SegmentationResult Load()
    {
        try
        {
            return ResultJsonContext.Read(EvaluationFiles.Load(Path));
        }
        catch (JsonException failure)
        {
            throw SegmentationProblem.InvalidRequest(
                Path,
                $"it is not a valid result of this version ({failure.Message.Split(" Path:", 2)[0].TrimEnd('.', ' ')})",
                "Give a result.json as 'segment' writes it", failure);
        }
    }
}

using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Evaluation.Formats;

/// <summary>Reads whole files and names those that cannot be read.</summary>
internal static class EvaluationFiles
{
    /// <exception cref="SegmentationProblemException">The file cannot be read.</exception>
    public static byte[] Load(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SegmentationProblem(ProblemKind.Storage, path, $"the file cannot be read ({failure.Message})", "Check the path")
                .ToException(failure);
        }
    }
}

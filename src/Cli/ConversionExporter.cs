using System.Text.Json;
using FrozenSeg.Evaluation.Conversion;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli;

/// <summary>What <c>frozenseg convert</c> knows, for the service.</summary>
internal sealed class ConversionExporter : IResultExporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Forms => ResultConversion.Names;

    /// <inheritdoc/>
    public IReadOnlyList<(string Path, byte[] Content)> Export(SegmentationResult result, string form)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("frozenseg-export-");
        try
        {
            string document = Path.Combine(folder.FullName, ResultWriter.ResultName),
                converted = Path.Combine(folder.FullName, form);
            File.WriteAllBytes(
                document, JsonSerializer.SerializeToUtf8Bytes(result, ResultJsonContext.Documents.SegmentationResult));
            return
            [
                .. ResultConversion.Convert(document, form, converted).Files.Select(
                    file => (Path.GetRelativePath(converted, file).Replace('\\', '/'), File.ReadAllBytes(file))),
            ];
        }
        catch (SegmentationProblemException refused)
        {
            // Whoever asked knows nothing of this folder.
            string here = folder.FullName + Path.DirectorySeparatorChar;
            throw new SegmentationProblemException(
            [
                .. refused.Problems.Select(problem => problem with
                {
                    Where = problem.Where.Replace(here, "", StringComparison.Ordinal),
                }),
            ], refused);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

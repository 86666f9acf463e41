using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>Turns what <c>segment</c> wrote into the forms of datasets and annotation tools.</summary>
public static class ResultConversion
{
    private static readonly IConversion[] All =
    [
        new CocoPanopticConversion(), new CocoInstancesConversion(), new SemanticPngConversion(), new PolygonsConversion(),
        new YoloConversion(), new LabelStudioConversion(), new CvatConversion(),
    ];

    /// <summary>What there is to convert to.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(conversion => conversion.Name)];

    /// <summary>Converts a result, or every result below a folder.</summary>
    /// <param name="path">A <c>result.json</c>, or a folder.</param>
    /// <param name="form">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where the files go.</param>
    /// <returns>The files, and what the form could not hold.</returns>
    /// <exception cref="SegmentationProblemException">There is no such form, a result cannot be read, or a file cannot be written.</exception>
    public static (IReadOnlyList<string> Files, IReadOnlyList<string> Warnings) Convert(string path, string form, string folder)
    {
        IConversion conversion = All.FirstOrDefault(candidate => candidate.Name == form) ?? throw new SegmentationProblem(
            ProblemKind.InvalidRequest, "--to", $"there is no form '{form}'", $"Use one of {string.Join(", ", Names)}").ToException();
        ConversionSet set = ConversionSet.Read(path);
        var files = new List<string>();
        var warnings = new List<string>();
        foreach ((string name, byte[] content) in conversion.Convert(set, warnings))
        {
            files.Add(Path.Combine(folder, name));
            AtomicFile.Write(files[^1], content);
        }

        return (files, warnings);
    }
}

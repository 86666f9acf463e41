using System.Globalization;
using FrozenSeg.Evaluation.Conversion.Targets;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>Turns results into the forms of datasets and annotation tools.</summary>
internal static class ResultConversion
{
    private const double MostTolerance = 1_000;

    private static readonly IConversion[] All =
    [
        new CocoPanopticConversion(),
        new CocoInstancesConversion(),
        new SemanticPngConversion(),
        new PolygonsConversion(),
        new YoloConversion(), new LabelStudioConversion(), new CvatConversion(), new SamConversion(),
    ];

    /// <summary>What there is to convert to.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(conversion => conversion.Name)];

    /// <summary>Converts a result, or every result below a folder.</summary>
    /// <param name="path">A <c>result.json</c>, or a folder.</param>
    /// <param name="form">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="tolerance">How far a simplified polygon may be from the exact one, pixels; 0 keeps every
    /// corner.</param>
    /// <exception cref="SegmentationProblemException">
    /// There is no such form, it has no polygons to simplify, a result cannot be read, or a file cannot be written.
    /// </exception>
    public static ConversionReport Convert(string path, string form, string folder, double tolerance = 0)
    {
        IConversion conversion = All.FirstOrDefault(candidate => candidate.Name == form)
            ?? throw SegmentationProblem.InvalidRequest(
                "--to", $"there is no form '{form}'", $"Use one of {string.Join(", ", Names)}");
        Check(conversion, tolerance);
        var notes = new ConversionNotes();
        ConversionSet set = ConversionSet.Read(path, tolerance, conversion, notes);
        var files = new List<string>();
        foreach ((string name, byte[] content) in conversion.Convert(set, notes))
        {
            files.Add(Path.Combine(folder, name));
            AtomicFile.Write(files[^1], content);
        }

        return new ConversionReport(files, notes.Warnings, notes.Overlaps);
    }

    private static void Check(IConversion conversion, double tolerance)
    {
        if (!(tolerance is >= 0 and <= MostTolerance))
        {
            throw SegmentationProblem.InvalidRequest(
                "--tolerance",
                $"{tolerance.ToString(CultureInfo.InvariantCulture)} is out of range",
                "Use 0 to 1,000 pixels");
        }

        if (tolerance > 0 && !conversion.HasPolygons)
        {
            throw SegmentationProblem.InvalidRequest(
                "--tolerance",
                $"{conversion.Name} has no polygons to simplify",
                $"Leave it out, or use "
                    + $"{string.Join(" or ", All.Where(other => other.HasPolygons).Select(other => other.Name))}");
        }
    }
}

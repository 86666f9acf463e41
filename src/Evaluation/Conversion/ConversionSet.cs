using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>The results to convert, with the classes of all of them.</summary>
/// <param name="Results">The documents with the folders of the files they name.</param>
/// <param name="Classes">Every class, each name once.</param>
/// <param name="Tolerance">How far a simplified polygon may be from the exact one, pixels; 0 keeps every
/// corner.</param>
internal sealed record ConversionSet(
    IReadOnlyList<(string Folder, SegmentationResult Document)> Results,
    IReadOnlyList<ConversionClass> Classes,
    double Tolerance)
{
    // What a mask without a class is called; annotation tools want a name.
    private const string Nameless = "object";

    /// <summary>
    /// Reads a result, or every result below a folder. Segments without a pixel are left out, which no form holds.
    /// </summary>
    /// <exception cref="SegmentationProblemException">
    /// There is none, some cannot be read, or pictures would get one file; carries all problems.
    /// </exception>
    public static ConversionSet Read(string path, double tolerance, IConversion conversion, ConversionNotes notes)
    {
        var problems = new ProblemLog();
        var results = new List<(string Folder, SegmentationResult Document)>();
        var owners = new Dictionary<string, (string Picture, string Document)>(StringComparer.Ordinal);
        foreach (ResultFile file in ResultSet.Find(path))
        {
            try
            {
                SegmentationResult result = Writable(file.Load());
                foreach (SegmentationProblem problem in conversion.Problems(result))
                    problems.Add(file.Path, problem.Found, problem.Remedy);
                results.Add((file.Folder, WithPixels(result, notes)));
                string target = conversion.FileOf(result.Image) ?? result.Image.Name;
                if (!owners.TryAdd(target, (result.Image.Name, file.Path)))
                {
                    problems.Add(
                        file.Path,
                        $"'{result.Image.Name}' would be written as {target}, and so would '{owners[target].Picture}' "
                            + $"of {owners[target].Document}",
                        "Rename one of the pictures, or convert them apart");
                }
            }
            catch (SegmentationProblemException failure)
            {
                problems.Add(failure);
            }
        }

        problems.ThrowIfAny();
        return new ConversionSet(results, Gather([.. results.Select(entry => entry.Document)]), tolerance);
    }

    /// <summary>The panoptic segments of a result; says so where instances are left out.</summary>
    public IReadOnlyList<ResultSegment> Panoptic(int result, ConversionNotes notes) =>
        Answers(
            result,
            answers => answers.Panoptic,
            "instances are another answer than the panoptic one and left out",
            notes);

    /// <summary>The instances of a result; says so where panoptic segments are left out.</summary>
    public IReadOnlyList<ResultSegment> Instances(int result, ConversionNotes notes) =>
        Answers(
            result,
            answers => answers.Instances,
            "panoptic segments are another answer than the instances and left out",
            notes);

    /// <summary>The class of a segment.</summary>
    public ConversionClass ClassOf(SegmentationResult result, ResultSegment segment)
    {
        string name = segment.Category is int index ? result.Vocabulary[index].Name : Nameless;
        return Classes.First(category => category.Name == name);
    }

    private IReadOnlyList<ResultSegment> Answers(
        int position, Func<JointAnswers, IReadOnlyList<ResultSegment>> choose, string left, ConversionNotes notes)
    {
        (string folder, SegmentationResult result) = Results[position];
        // A document may travel without its maps; its masks say the same.
        bool hasMap = result.Files.Panoptic is string map && File.Exists(Path.Combine(folder, map));
        SegmentationResult known = hasMap ? result : result with { Files = result.Files with { Panoptic = null } };
        IReadOnlyList<ResultSegment> segments = choose(JointAnswers.Of(folder, known));
        if (segments.Count < result.Segments.Count)
            notes.Warn($"{result.Image.Name}: {result.Segments.Count - segments.Count:N0} {left}");
        return segments;
    }

    private static SegmentationResult WithPixels(SegmentationResult result, ConversionNotes notes)
    {
        foreach (ResultSegment empty in result.Segments.Where(segment => segment.Area == 0))
            notes.Warn($"{result.Image.Name}: segment {empty.Id} has no pixel and is left out");
        return result with { Segments = [.. result.Segments.Where(segment => segment.Area > 0)] };
    }

    // Names that a document holds although no prompt may: XML could not be written with them.
    private static SegmentationResult Writable(SegmentationResult result) => result with
    {
        Image = result.Image with { Name = PlainText.Writable(result.Image.Name) },
        Vocabulary = [.. result.Vocabulary.Select(entry => entry with { Name = PlainText.Writable(entry.Name) })],
        Segments = [.. result.Segments.Select(segment => segment with { Label = PlainText.Writable(segment.Label) })],
    };

    // The results' own numbers are kept when they are one numbering that begins at 1; otherwise classes are numbered
    // anew.
    private static List<ConversionClass> Gather(SegmentationResult[] all)
    {
        ResultCategory[] entries = [.. all.SelectMany(result => result.Vocabulary).DistinctBy(entry => entry.Name)];
        bool keeps = entries.All(entry => entry.Id > 0)
            && entries.DistinctBy(entry => entry.Id).Count() == entries.Length;
        List<ConversionClass> classes = [.. entries.Select(
            (entry, i) => new ConversionClass(i, keeps ? entry.Id : i + 1, entry.Name, entry.IsThing))];
        if (all.Any(result => result.Segments.Any(segment => segment.Category is null))
            && classes.All(category => category.Name != Nameless))
            classes.Add(new ConversionClass(
                classes.Count,
                classes.Select(category => category.Id).DefaultIfEmpty(0).Max() + 1,
                Nameless,
                IsThing: true));
        return classes;
    }
}

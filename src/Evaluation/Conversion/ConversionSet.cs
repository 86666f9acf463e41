using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>The results to convert, with the classes of all of them.</summary>
/// <param name="Results">The documents with the folders of the files they name.</param>
/// <param name="Classes">Every class, each name once.</param>
internal sealed record ConversionSet(IReadOnlyList<(string Folder, SegmentationResult Document)> Results, IReadOnlyList<ConversionClass> Classes)
{
    // What a mask without a class is called; annotation tools want a name.
    private const string Nameless = "object";

    /// <summary>Reads a result, or every result below a folder.</summary>
    /// <exception cref="SegmentationProblemException">There is none, or some cannot be read; carries all problems.</exception>
    public static ConversionSet Read(string path)
    {
        var problems = new ProblemLog();
        (string Folder, SegmentationResult Result)[] results = [.. ResultSet.Read(path, problems).Values.Select(entry => (entry.File.Folder, entry.Result))];
        problems.ThrowIfAny();
        return new ConversionSet(results, Gather(results.Select(entry => entry.Result)));
    }

    /// <summary>The class of a segment.</summary>
    public ConversionClass ClassOf(SegmentationResult result, ResultSegment segment)
    {
        string name = segment.Category is int index ? result.Vocabulary[index].Name : Nameless;
        return Classes.First(category => category.Name == name);
    }

    // The results' own numbers are kept when they are one numbering that begins at 1; otherwise classes are numbered anew.
    private static List<ConversionClass> Gather(IEnumerable<SegmentationResult> results)
    {
        SegmentationResult[] all = [.. results];
        ResultCategory[] entries = [.. all.SelectMany(result => result.Vocabulary).DistinctBy(entry => entry.Name)];
        bool keeps = entries.All(entry => entry.Id > 0) && entries.DistinctBy(entry => entry.Id).Count() == entries.Length;
        List<ConversionClass> classes = [.. entries.Select((entry, i) => new ConversionClass(i, keeps ? entry.Id : i + 1, entry.Name, entry.IsThing))];
        if (all.Any(result => result.Segments.Any(segment => segment.Category is null)) && classes.All(category => category.Name != Nameless))
            classes.Add(new ConversionClass(classes.Count, classes.Select(category => category.Id).DefaultIfEmpty(0).Max() + 1, Nameless, IsThing: true));
        return classes;
    }
}

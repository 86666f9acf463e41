using System.Globalization;

namespace FrozenSeg.Shared.Vocabularies;

/// <summary>
/// Reads the tables under <c>Data</c>: lines <c># key, tab, text</c>, then one class a line: id, kind and names,
/// separated by tabs, the names by commas.
/// </summary>
internal static class VocabularyTable
{
    private const string Defined = "defined";

    /// <summary>Reads the table called <paramref name="name"/>.</summary>
    public static NamedVocabulary Read(string name)
    {
        string resource = $"{typeof(VocabularyTable).Namespace}.Data.{name}.tsv";
        using Stream stream = typeof(VocabularyTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly holds no {resource}.");
        using var reader = new StreamReader(stream);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var notes = lines.Where(line => line[0] == '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(note => note[0], note => note[1]);
        Category[] categories = [.. lines.Where(line => line[0] != '#').Select(ReadCategory)];
        return new NamedVocabulary(
            name, notes["# title"], notes["# origin"], notes["# licence"], notes["# kinds"] == Defined, categories);
    }

    private static Category ReadCategory(string line)
    {
        string[] fields = line.Split('\t');
        return new Category(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            fields[2].Split(','),
            Enum.Parse<CategoryKind>(fields[1], ignoreCase: true));
    }
}

using System.Text.RegularExpressions;

namespace FrozenSeg.Architecture.Tests;

/// <summary>What can be cited of a document in <c>docs/algorithms</c>.</summary>
/// <param name="Sections">Numbers of its headings, for instance <c>4.5</c>.</param>
/// <param name="Items">Numbered items by section.</param>
internal sealed partial record AlgorithmDocument(
    IReadOnlySet<string> Sections, IReadOnlySet<(string Section, string Item)> Items)
{
    /// <summary>Reads headings and numbered lists.</summary>
    public static AlgorithmDocument Read(RepositoryFile file)
    {
        var sections = new HashSet<string>(StringComparer.Ordinal);
        var items = new HashSet<(string, string)>();
        string section = "";
        foreach (string line in file.Text.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
                sections.Add(section = heading.Groups["number"].Value);
            else if (Item().Match(line) is { Success: true } item)
                items.Add((section, item.Groups["number"].Value));
        }

        return new AlgorithmDocument(sections, items);
    }

    [GeneratedRegex(@"^#+ (?<number>\d+(\.\d+)*)\.? ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<number>\d+)\. ")]
    private static partial Regex Item();
}

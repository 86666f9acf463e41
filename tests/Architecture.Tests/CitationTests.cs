using System.Text.RegularExpressions;

namespace FrozenSeg.Architecture.Tests;

/// <summary>Comments stand on ground that is in the repository.</summary>
public sealed partial class CitationTests
{
    private static readonly Dictionary<string, AlgorithmDocument> Documents = RepositoryFile.All(".md")
        .Where(file => file.Path.StartsWith("docs/algorithms/", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(file.Path), AlgorithmDocument.Read);

    [Fact]
    public void Citations_OfAlgorithmSections_LeadToASection()
    {
        RepositoryFile[] files =
            [.. RepositoryFile.All(".cs"), .. RepositoryFile.All(".md"), .. RepositoryFile.All(".py")];

        (RepositoryFile File, Match Match)[] citations =
            [.. files.SelectMany(file => Citation().Matches(file.Text).Select(match => (file, match)))];

        Assert.True(citations.Length > 60, $"only {citations.Length} citations were found");
        Assert.Empty(citations.SelectMany(citation => Dangling(citation.File, citation.Match)));
    }

    [Fact]
    public void Links_BetweenDocuments_LeadToAFile()
    {
        IEnumerable<string> broken =
            from file in RepositoryFile.All(".md")
            from Match link in Link().Matches(file.Text)
            let target = link.Groups["target"].Value
            where !File.Exists(Resolve(file, target)) && !Directory.Exists(Resolve(file, target))
            select $"{file.Path}:{file.LineOf(link.Index)}: {target}";

        Assert.Empty(broken);
    }

    private static IEnumerable<string> Dangling(RepositoryFile file, Match citation)
    {
        string where = $"{file.Path}:{file.LineOf(citation.Index)}: {citation.Value}";
        AlgorithmDocument document = Documents[citation.Groups["document"].Value];
        string[] sections = [.. citation.Groups["section"].Captures.Select(capture => capture.Value)];
        foreach (string missing in sections.Where(section => !document.Sections.Contains(section)))
            yield return $"{where} has no section {missing}";
        string item = citation.Groups["item"].Value;
        if (item.Length > 0 && !document.Items.Contains((sections[^1], item)))
            yield return $"{where} has no item {item}";
    }

    private static string Resolve(RepositoryFile file, string target) =>
        Path.Combine(Testing.RepositoryCopy.Original, Path.GetDirectoryName(file.Path)!, target);

    [GeneratedRegex(
        @"\b(?<document>(sam|sam3|car|frozenseg)\.md) (?<section>\d+(\.\d+)*)((, | and | to )(?<section>\d+(\.\d+)*))*(, (item|step) (?<item>\d+))?")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\]\((?<target>[^)#:\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}

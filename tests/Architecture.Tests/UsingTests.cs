using System.Text.RegularExpressions;

namespace FrozenSeg.Architecture.Tests;

/// <summary>Directives in the order that <c>dotnet format</c> gives them, which the build does not look at.</summary>
public sealed partial class UsingTests
{
    [Fact]
    public void Usings_OfEveryFile_AreInOrder() =>
        Assert.Empty(RepositoryFile.All(".cs").Where(file => !IsInOrder(file.Text)).Select(file => file.Path));

    // What belongs to System comes first.
    private static bool IsInOrder(string text)
    {
        string[] names = [.. Directive().Matches(text).Select(match => match.Groups[1].Value)];
        return names.SequenceEqual(
            names.OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
                .ThenBy(name => name, StringComparer.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^using ([A-Za-z][\w.]*);$", RegexOptions.Multiline)]
    private static partial Regex Directive();
}

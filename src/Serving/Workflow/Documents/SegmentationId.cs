using System.Text.RegularExpressions;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>What ids of segmentations look like: safe in a path, a blob name and an address.</summary>
internal static partial class SegmentationId
{
    /// <summary>
    /// Whether a text is an id: 1 to 100 letters, digits, <c>.</c>, <c>_</c> or <c>-</c>, beginning with a letter or
    /// digit.
    /// </summary>
    public static bool IsValid(string text) => Form().IsMatch(text);

    /// <summary>The text, if it is an id.</summary>
    /// <exception cref="SegmentationProblemException">It is not.</exception>
    public static string Check(string text) => IsValid(text) ? text : throw SegmentationProblem.InvalidRequest(
        "id",
        "it is not a valid id of a segmentation",
        "Use 1 to 100 letters, digits, '.', '_' or '-', beginning with a letter or digit");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

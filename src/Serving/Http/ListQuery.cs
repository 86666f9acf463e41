using System.Globalization;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Http;

/// <summary>What a caller wants listed.</summary>
internal static class ListQuery
{
    /// <summary>How many.</summary>
    /// <exception cref="SegmentationProblemException">It is not a number that is allowed.</exception>
    public static int Limit(string? text, int otherwise, int most)
    {
        if (string.IsNullOrEmpty(text))
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit)
            && limit >= 1
            && limit <= most
            ? limit
            : throw Problem("limit", text, $"Use 1 to {most:N0}");
    }

    /// <summary>In which state; null for any.</summary>
    /// <exception cref="SegmentationProblemException">There is no such state.</exception>
    public static SegmentationState? State(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (SegmentationState state in Enum.GetValues<SegmentationState>())
        {
            if (text.Equals(state.ToString(), StringComparison.OrdinalIgnoreCase))
                return state;
        }

        throw Problem("state", text, $"Use {string.Join(", ", Enum.GetNames<SegmentationState>()).ToLowerInvariant()}");
    }

    private static SegmentationProblemException Problem(string where, string text, string remedy) =>
        SegmentationProblem.InvalidRequest(where, $"'{ProblemText.Clean(text, 40)}' is not one of its values", remedy);
}

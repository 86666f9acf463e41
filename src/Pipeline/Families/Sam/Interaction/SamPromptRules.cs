using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Interaction;

/// <summary>What makes a prompt unusable for a picture; everything at once.</summary>
internal static class SamPromptRules
{
    /// <summary>Most points of one prompt.</summary>
    public const int MaxPoints = 1000;

    /// <summary>Refuses a prompt that does not fit the picture.</summary>
    /// <exception cref="SegmentationProblemException">Carries everything that is wrong.</exception>
    public static void Check(SamPrompt prompt, StartMask? start, int width, int height)
    {
        SegmentationProblem[] problems = [.. Problems(prompt, start, width, height)];
        if (problems.Length > 0)
            throw new SegmentationProblemException(problems);
    }

    private static IEnumerable<SegmentationProblem> Problems(SamPrompt prompt, StartMask? start, int width, int height)
    {
        if (prompt.Points.Count == 0 && prompt.Box is null && start is null)
            yield return new("points", "there is neither a point nor a box nor a mask", "Show what to segment");
        if (prompt.Points.Count > MaxPoints)
            yield return new(
                "points",
                $"there are {prompt.Points.Count:N0} points; {MaxPoints:N0} are allowed",
                "Show it with fewer");
        foreach ((double x, double y, _) in prompt.Points.Where(
            point => !IsInside(point.X, point.Y, width, height)).Take(1))
            yield return new(
                "points",
                $"{x}, {y} lies outside the picture of {width}×{height}",
                "Use pixel coordinates of the picture");
        if (prompt.Box is BoxXyxy box)
        {
            string text = $"{box.X0}, {box.Y0}, {box.X1}, {box.Y1}";
            if (!IsInside(box.X0, box.Y0, width, height) || !IsInside(box.X1, box.Y1, width, height))
                yield return new(
                    "box",
                    $"{text} lies outside the picture of {width}×{height}",
                    "Use pixel coordinates of the picture");
            else if (!(box.X1 > box.X0 && box.Y1 > box.Y0))
                yield return new(
                    "box", $"{text} has no area", "Give the top-left corner first, then the bottom-right one");
        }

        if (start?.Mask is RunLengthEncoding mask && (mask.Width != width || mask.Height != height))
            yield return new(
                "mask",
                $"it has {mask.Width}×{mask.Height} pixels, the picture {width}×{height}",
                "Give a mask of this picture");
    }

    // False for NaN.
    private static bool IsInside(double x, double y, int width, int height) =>
        x >= 0 && y >= 0 && x <= width && y <= height;
}

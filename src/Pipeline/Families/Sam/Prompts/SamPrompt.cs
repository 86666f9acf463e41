using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Prompts;

/// <summary>What to segment, in pixels of the original picture: points, a box, or both.</summary>
internal sealed record SamPrompt
{
    /// <summary>Points with their labels, foreground or background.</summary>
    public IReadOnlyList<(double X, double Y, PromptLabel Label)> Points { get; init; } = [];

    /// <summary>A box around the object; null for none.</summary>
    public BoxXyxy? Box { get; init; }

    /// <summary>One foreground point.</summary>
    public static SamPrompt FromPoint(double x, double y) => new() { Points = [(x, y, PromptLabel.Foreground)] };

    /// <summary>A box.</summary>
    public static SamPrompt FromBox(BoxXyxy box) => new() { Box = box };
}

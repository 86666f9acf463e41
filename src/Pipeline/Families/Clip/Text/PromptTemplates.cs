namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>Sentences that a text is wrapped in; <c>{}</c> stands for the text.</summary>
internal static class PromptTemplates
{
    /// <summary>The text as it is.</summary>
    public const string Plain = "{}";

    /// <summary>CaR's only template for class activation maps and referring (car.md 2.2).</summary>
    public const string CleanOrigami = "a clean origami {}.";

    /// <summary>The fourteen of FC-CLIP and FrozenSeg (frozenseg.md 3); mind which ones end with a dot.</summary>
    public static IReadOnlyList<string> Scene { get; } =
    [
        "a photo of a {}.",
        "This is a photo of a {}",
        "There is a {} in the scene",
        "There is the {} in the scene",
        "a photo of a {} in the scene",
        "a photo of a small {}.",
        "a photo of a medium {}.",
        "a photo of a large {}.",
        "This is a photo of a small {}.",
        "This is a photo of a medium {}.",
        "This is a photo of a large {}.",
        "There is a small {} in the scene.",
        "There is a medium {} in the scene.",
        "There is a large {} in the scene.",
    ];

    /// <summary>The 15 templates of CaR's classifier for semantic segmentation, in the released order.</summary>
    public static IReadOnlyList<string> ClipAsRnn { get; } =
    [
        CleanOrigami,
        .. Scene,
    ];

    /// <summary>A text wrapped in a template.</summary>
    public static string Wrap(string template, string text) => template.Replace("{}", text, StringComparison.Ordinal);
}

namespace FrozenSeg.Pipeline.FrozenSeg;

/// <summary>The sentences a name is put into before the text encoder reads it (frozenseg.md 3).</summary>
internal static class PromptTemplateSet
{
    /// <summary>Where the name goes.</summary>
    public const string Place = "{}";

    /// <summary>The fourteen of FC-CLIP and FrozenSeg; mind which ones end with a dot.</summary>
    public static IReadOnlyList<string> Published { get; } =
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
}

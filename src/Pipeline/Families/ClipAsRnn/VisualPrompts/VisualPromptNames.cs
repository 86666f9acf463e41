using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>The names of visual prompts on command lines and in requests.</summary>
internal static class VisualPromptNames
{
    private static readonly (string Name, VisualPrompt Prompt)[] Names =
    [
        ("circle", VisualPrompt.Circle),
        ("rectangle", VisualPrompt.Rectangle),
        ("contour", VisualPrompt.Contour),
        ("blur", VisualPrompt.BackgroundBlur),
        ("gray", VisualPrompt.BackgroundGray),
        ("mask", VisualPrompt.BackgroundMask),
        // The released code's name.
        ("black", VisualPrompt.BackgroundMask),
        ("none", VisualPrompt.None),
    ];

    /// <summary>The names, each prompt's own first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    /// <summary>Reads names separated by commas or plus signs, for instance <c>circle,blur</c>.</summary>
    /// <exception cref="SegmentationProblemException">A name is unknown, or there is none.</exception>
    public static VisualPrompt Parse(string text)
    {
        string[] names = text.Split([',', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
            throw Unknown("no visual prompt is named");
        return names.Aggregate(VisualPrompt.None, (prompts, name) => prompts | Find(name));
    }

    /// <summary>The names of <paramref name="prompts"/>, separated by commas; <c>none</c> for none.</summary>
    public static string Format(VisualPrompt prompts)
    {
        IEnumerable<string> names = Names.DistinctBy(entry => entry.Prompt)
            .Where(entry => (prompts & entry.Prompt) != 0).Select(entry => entry.Name);
        return prompts == VisualPrompt.None ? "none" : string.Join(",", names);
    }

    private static VisualPrompt Find(string name)
    {
        foreach ((string candidate, VisualPrompt prompt) in Names)
        {
            if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
                return prompt;
        }

        throw Unknown($"there is no visual prompt '{name}'");
    }

    private static SegmentationProblemException Unknown(string found) =>
        SegmentationProblem.InvalidRequest(
            "visual prompt", found, $"Use some of {string.Join(", ", Names.Select(entry => entry.Name))}");
}

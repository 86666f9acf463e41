namespace FrozenSeg.Pipeline;

/// <summary>The words that the bundled nano models learned, of generated scenes.</summary>
internal static class NanoWords
{
    /// <summary>Things, then kinds of stuff.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "tree", "house", "flower", "car", "boat", "star", "heart", "ball", "cup", "bottle", "clock", "umbrella",
        "apple", "cactus",
        "robot", "butterfly", "duck", "gift", "mushroom", "fish", "moon", "key", "rocket", "snowman",
        "sky", "water", "grass", "sand", "brick", "road", "snow", "wood",
    ];

    /// <summary>Whether a phrase is about one of them: <c>the red cars on the left</c> is.</summary>
    public static bool Knows(string phrase) =>
        phrase.Split((char[])[' ', ',', '-', '.', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Any(word => All.Contains(word.ToLowerInvariant()) || All.Contains(word.ToLowerInvariant().TrimEnd('s')));
}

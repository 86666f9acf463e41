using System.Globalization;

namespace FrozenSeg.Cli.Models;

/// <summary>What SAM 3 should find in a picture of the repository.</summary>
/// <param name="Picture">Path below <c>samples</c>.</param>
/// <param name="Phrase">What is looked for.</param>
/// <param name="Fewest">Least number of masks.</param>
/// <param name="Most">Largest number of masks.</param>
/// <param name="LowShare">Least share of the picture that they cover together.</param>
/// <param name="HighShare">Largest share.</param>
internal sealed record CheckList(string Picture, string Phrase, int Fewest, int Most, double LowShare, double HighShare)
{
    /// <summary>
    /// Five pictures, each with something that is there and something that is not. Counts and shares of the photographs
    /// are COCO's, widened by a half; those of the drawings were counted by eye. Nobody has run them with published
    /// weights yet.
    /// </summary>
    public static IReadOnlyList<CheckList> All { get; } =
    [
        new("photographs/bear.jpg", "bear", 1, 1, 0.6, 0.85),
        new("photographs/bear.jpg", "zebra", 0, 0, 0, 0),
        new("photographs/fruit.jpg", "banana", 2, 6, 0.2, 0.45),
        new("photographs/fruit.jpg", "person", 0, 0, 0, 0),
        new("photographs/riders.jpg", "horse", 2, 2, 0.03, 0.09),
        new("photographs/riders.jpg", "bicycle", 0, 0, 0, 0),
        new("scenes/two-cars.png", "car", 2, 2, 0.08, 0.3),
        new("scenes/two-cars.png", "dog", 0, 0, 0, 0),
        new("meadow.png", "sailboat", 2, 2, 0.04, 0.2),
        new("meadow.png", "person", 0, 0, 0, 0),
    ];

    /// <summary>Whether what was found is in range.</summary>
    /// <param name="count">Masks.</param>
    /// <param name="share">Share of the picture that they cover together.</param>
    /// <param name="presence">How sure the model is that the phrase is there.</param>
    public bool Fits(int count, double share, double presence) =>
        count >= Fewest && count <= Most && share >= LowShare && share <= HighShare && (Most > 0 || presence < 0.5);

    /// <summary>What is expected, for people.</summary>
    public string Expected => Most == 0
        ? "nothing, presence below 0.5"
        : string.Create(CultureInfo.InvariantCulture, $"{(Fewest == Most ? $"{Fewest}" : $"{Fewest} to {Most}")} "
            + $"{(Most == 1 ? "mask" : "masks")}, {LowShare:P0} to {HighShare:P0}");
}

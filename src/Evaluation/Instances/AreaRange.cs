namespace FrozenSeg.Evaluation.Instances;

/// <summary>Objects of a size, by area in pixels; both ends belong to it.</summary>
/// <param name="Suffix">Letter behind the figure's name.</param>
/// <param name="Least">Smallest area.</param>
/// <param name="Most">Largest area.</param>
internal readonly record struct AreaRange(string Suffix, double Least, double Most)
{
    private const double Small = 32 * 32, Medium = 96 * 96, Anything = 1e5 * 1e5;

    /// <summary>All sizes, then COCO's small, medium and large.</summary>
    public static IReadOnlyList<AreaRange> All { get; } =
        [new("", 0, Anything), new("s", 0, Small), new("m", Small, Medium), new("l", Medium, Anything)];

    /// <summary>Whether an area lies outside.</summary>
    public bool Excludes(double area) => area < Least || area > Most;
}

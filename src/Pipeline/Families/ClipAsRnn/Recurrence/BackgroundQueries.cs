using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>
/// Phrases that only absorb pixels: they compete in the class activation maps and are never results (CaR, appendix D).
/// </summary>
internal static class BackgroundQueries
{
    /// <summary>The 23 phrases of every released configuration.</summary>
    public static IReadOnlyList<string> Released { get; } = Split(
        "ground land grass tree building wall sky lake water river sea railway railroad helmet cloud house mountain "
            + "ocean road rock street valley bridge");

    /// <summary>The paper's first group: land.</summary>
    public static IReadOnlyList<string> Terrestrial { get; } = Split(
        "ground land grass tree mountain rock valley earth terrain forest bush hill field pasture meadow plateau cliff "
            + "canyon ridge peak plain prairie tundra savanna steppe crag knoll dune glen dale copse thicket");

    /// <summary>The paper's second group: water and sky.</summary>
    public static IReadOnlyList<string> AquaticAtmospheric { get; } = Split(
        "sea ocean lake water river sky cloud pond stream lagoon bay gulf fjord estuary creek brook reservoir pool "
            + "spring marsh swamp wetland glacier iceberg atmosphere stratosphere mist fog rain drizzle hail sleet "
            + "snow thunderstorm breeze wind gust hurricane tornado monsoon cumulus cirrus stratus nimbus");

    /// <summary>The paper's third group: what people build.</summary>
    public static IReadOnlyList<string> ManMade { get; } = Split(
        "building house wall road street railway railroad bridge edifice structure apartment condominium skyscraper "
            + "highway boulevard lane alley byway avenue expressway freeway path overpass underpass viaduct tunnel "
            + "footbridge crosswalk culvert dam archway causeway plaza square station terminal");

    /// <summary>
    /// Reads <c>none</c>, <c>released</c>, <c>terrestrial</c>, <c>aquatic</c>, <c>man-made</c>, <c>all</c> (the paper's
    /// three groups) or phrases of the user's own, separated by <c>;</c>; groups and phrases may be mixed.
    /// </summary>
    /// <exception cref="SegmentationProblemException">A phrase has neither a letter nor a digit.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        string[] entries = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? empty = entries.FirstOrDefault(entry => !entry.Any(char.IsLetterOrDigit));
        if (empty is not null)
        {
            throw SegmentationProblem.InvalidRequest(
                "background", $"'{empty}' has neither a letter nor a digit", "Name a background, or use 'none'");
        }

        return [.. entries.SelectMany(Group).Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Group(string entry) => entry.ToLowerInvariant() switch
    {
        "none" => [],
        "released" => Released,
        "terrestrial" => Terrestrial,
        "aquatic" or "aquatic-atmospheric" => AquaticAtmospheric,
        "man-made" => ManMade,
        "all" => [.. Terrestrial, .. AquaticAtmospheric, .. ManMade],
        _ => [entry],
    };

    private static string[] Split(string text) => text.Split(' ');
}

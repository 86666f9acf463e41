using System.Globalization;

namespace FrozenSeg.Testing;

/// <summary>
/// What the fault campaign has tried, for the end of <c>./test.sh --slow</c>: a row of a Markdown table for each kind.
/// </summary>
public static class CampaignTable
{
    private static readonly Lock Writing = new();

    /// <summary>Adds a row.</summary>
    /// <param name="where">What was attacked.</param>
    /// <param name="what">How.</param>
    /// <param name="tried">How often.</param>
    /// <param name="outcome">What became of it, every time.</param>
    public static void Add(string where, string what, int tried, string outcome)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "campaign");
        lock (Writing)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(
                Path.Combine(folder, "table.md"),
                string.Create(CultureInfo.InvariantCulture, $"| {where} | {what} | {tried:N0} | {outcome} |\n"));
        }
    }
}

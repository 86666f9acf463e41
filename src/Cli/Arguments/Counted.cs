using System.Globalization;

namespace FrozenSeg.Cli.Arguments;

/// <summary>Numbers of things, for people.</summary>
internal static class Counted
{
    /// <summary>"1 mask", "2 masks".</summary>
    public static string Of(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}

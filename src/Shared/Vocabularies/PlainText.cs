using System.Globalization;
using System.Text;

namespace FrozenSeg.Shared.Vocabularies;

/// <summary>
/// Which characters words may hold. Control characters and Unicode's noncharacters stand for nothing anybody looks for,
/// and XML has no way to write most of them.
/// </summary>
internal static class PlainText
{
    private const int FirstNoncharacter = 0xfdd0, LastNoncharacter = 0xfdef, EndOfPlane = 0xfffe;

    /// <summary>
    /// The first character that words may not hold, for instance <c>U+0007</c>; null when there is none.
    /// </summary>
    public static string? Forbidden(string text)
    {
        // Half of a surrogate pair is read as the replacement character, which does no harm.
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsForbidden(rune))
                return string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
        }

        return null;
    }

    /// <summary>The text with tabs and ends of lines as blanks.</summary>
    public static string Unfolded(string text) => text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0
        ? text
        : text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');

    /// <summary>The text as any file format can hold it: what words may not hold is replaced by U+FFFD.</summary>
    public static string Writable(string text)
    {
        string unfolded = Unfolded(text);
        var result = new StringBuilder(unfolded.Length);
        foreach (Rune rune in unfolded.EnumerateRunes())
            result.Append(IsForbidden(rune) ? Rune.ReplacementChar : rune);
        return result.ToString();
    }

    private static bool IsForbidden(Rune rune) => Rune.IsControl(rune)
        || rune.Value is >= FirstNoncharacter and <= LastNoncharacter
        || (rune.Value & EndOfPlane) == EndOfPlane;
}

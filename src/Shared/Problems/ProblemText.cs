using System.Globalization;
using System.Text;

namespace FrozenSeg.Shared.Problems;

/// <summary>
/// Makes text fit for one line of a terminal, a log or an answer, whatever its origin: no control characters, nothing
/// that turns the direction of writing, no halves of characters, and an end.
/// </summary>
internal static class ProblemText
{
    private const char Stand = '\uFFFD', Ellipsis = '…';

    /// <summary>The text on one line, cut to so many characters.</summary>
    /// <param name="text">Any text, also of unknown origin.</param>
    /// <param name="most">Most characters.</param>
    public static string Clean(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.Length <= most ? text.Length : CutBefore(text, most - 1);
        if (end == text.Length && IsClean(text))
            return text;
        var clean = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++)
            Append(clean, text, ref i);
        return end < text.Length ? clean.Append(Ellipsis).ToString() : clean.ToString();
    }

    private static bool IsClean(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsOdd(text[i]) || char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }

    private static void Append(StringBuilder clean, string text, ref int i)
    {
        char letter = text[i];
        if (letter is '\r' or '\n' or '\t')
            clean.Append(' ');
        else if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            clean.Append(letter).Append(text[++i]);
        else
            clean.Append(IsOdd(letter) || char.IsSurrogate(letter) ? Stand : letter);
    }

    // Of the invisible ones that format, only those that turn the direction: joiners are part of many scripts.
    private static bool IsOdd(char letter) =>
        char.IsControl(letter)
        || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
        || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (
            >= '\u2066' and <= '\u2069') or '\uFEFF';

    private static int CutBefore(string text, int end) => char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
}

using System.Collections.Frozen;
using System.Text;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// Undoes "mojibake": UTF-8 that was read as Windows-1252 or Latin-1, <c>schÃ¶n</c> for <c>schön</c>. A text is
/// repaired where it looks damaged (<see cref="DamageSigns"/>) and what it would be as bytes is UTF-8: as a whole, or,
/// where it holds other scripts or sound letters too, run by run.
/// </summary>
internal static class Mojibake
{
    private const int MostRounds = 4;
    private const char NoBreakSpace = '\u00a0';

    // What Windows-1252 has at bytes 0x80..0x9F; the five holes keep the control character of Latin-1.
    private const string Windows1252 =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    // What stands beside sound words too. Nothing else that may be inside of damage may come before a run, or half a
    // ruin would be repaired.
    private const string Punctuation = "‚„…‘’“”•–—―";

    // The code pages of Windows that text in Latin, Cyrillic and Greek letters is mistaken for.
    private static readonly int[] CodePages = [1250, 1251, 1252, 1253, 1254, 1257];

    private static readonly FrozenSet<char> Continuations = AllContinuations();

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text with every damaged sequence repaired, and stray C1 controls read as Windows-1252.</summary>
    public static string Repair(string text)
    {
        for (int round = 0; round < MostRounds && DamageSigns.AreIn(text); round++)
        {
            string restored = RestoreBlanks(text);
            string repaired = Decode(restored, ToLatin1) ?? Decode(restored, ToWindows1252) ?? RepairRuns(text);
            // Controls may be all that hides what the bytes were.
            if (repaired == text)
                repaired = WithoutControls(text);
            if (repaired == text)
                break;
            text = repaired;
        }

        return WithoutControls(text);
    }

    // The byte 0xA0 looks like a blank, and somebody may have made it one. "Ã " is a whole word, "à".
    private static string RestoreBlanks(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at);
            if (rest is ['Ã', ' ', ..] && !IsPartOfAWord(rest[2..]))
            {
                result.Append('Ã').Append(NoBreakSpace).Append(' ');
                at++;
                continue;
            }

            int length = AlteredLength(rest);
            for (int i = 0; i < length; i++)
                result.Append(rest[i] == ' ' ? NoBreakSpace : rest[i]);
            at += length - 1;
            if (length == 0)
                result.Append(text[++at]);
        }

        return result.ToString();
    }

    // Portuguese joins "à" to what follows: "àquele"; and a second blank says that the first was part of the letter.
    private static bool IsPartOfAWord(ReadOnlySpan<char> rest) =>
        rest.StartsWith(" ") || rest.StartsWith("quele") || rest.StartsWith("quela") || rest.StartsWith("quilo")
            || rest.StartsWith("s ");

    // Length of a sequence that would be UTF-8, were its one blank the byte 0xA0; 0 for none.
    private static int AlteredLength(ReadOnlySpan<char> text) => text switch
    {
        ['Â' or 'Ã' or 'Å' or 'Î' or 'Ð' or 'Ù', ' ', ..] => 2,
        ['â' or 'ã', ' ', var last, ..] when IsContinuation(last) => 3,
        ['à' or 'á' or 'â' or 'ã', var middle, ' ', ..] when IsContinuation(middle) => 3,
        _ => 0,
    };

    private static string RepairRuns(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = at > 0 && Continuations.Contains(text[at - 1]) ? 0 : RunLength(text, at);
            if (length == 0)
            {
                result.Append(text[at++]);
                continue;
            }

            string run = text.Substring(at, length);
            result.Append(length < text.Length && DamageSigns.AreIn(run) ? Repair(run) : run);
            at += length;
        }

        return result.ToString();
    }

    // How many characters from here on are sequences that would be UTF-8, were they bytes.
    private static int RunLength(string text, int start)
    {
        int end = start;
        while (end < text.Length)
        {
            int length = ToByte(text[end]) switch
            {
                >= 0xc2 and <= 0xdf => 2,
                >= 0xe0 and <= 0xef => 3,
                >= 0xf0 and <= 0xf4 => 4,
                _ => 0,
            };
            if (length == 0 || end + length > text.Length)
                break;
            bool isWhole = true;
            for (int i = 1; i < length; i++)
                isWhole &= IsContinuation(text[end + i]) || text[end + i] == ' ';
            if (!isWhole)
                break;
            end += length;
        }

        return end - start;
    }

    // What the bytes 0x80..0xBF, which no letter begins with, may look like.
    private static FrozenSet<char> AllContinuations()
    {
        byte[] bytes = [.. Enumerable.Range(0x80, 0x40).Select(value => (byte)value)];
        IEnumerable<char> letters = CodePages.SelectMany(
            page => CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetString(bytes));
        return letters.Concat(bytes.Select(value => (char)value))
            .Where(letter => letter != '\ufffd' && !Punctuation.Contains(letter))
            .ToFrozenSet();
    }

    private static bool IsContinuation(char letter) => ToByte(letter) is >= 0x80 and <= 0xbf;

    // A text was read as one encoding, not now as this and now as that.
    private static string? Decode(string text, Func<char, int> toByte)
    {
        var bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            int value = toByte(text[i]);
            if (value < 0)
                return null;
            bytes[i] = (byte)value;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string WithoutControls(string text) => string.Create(text.Length, text, (letters, source) =>
    {
        for (int i = 0; i < letters.Length; i++)
            letters[i] = source[i] is >= '\u0080' and <= '\u009f' ? Windows1252[source[i] - '\u0080'] : source[i];
    });

    // The byte a character was, in whichever of the encodings; −1 for none.
    private static int ToByte(char letter) => letter < '\u0100' ? letter : ToWindows1252(letter);

    private static int ToLatin1(char letter) => letter < '\u0100' ? letter : -1;

    private static int ToWindows1252(char letter)
    {
        int index = Windows1252.IndexOf(letter, StringComparison.Ordinal);
        return index >= 0 ? 0x80 + index : letter is < '\u0080' or (>= '\u00a0' and < '\u0100') ? letter : -1;
    }
}

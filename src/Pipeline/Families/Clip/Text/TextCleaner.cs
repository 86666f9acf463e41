using System.Text;
using System.Text.RegularExpressions;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// What happens to a text before it is tokenized (car.md 2.1): repairs that CLIP's authors apply with the library
/// <c>ftfy</c>, HTML entities, blanks. Mojibake is repaired where UTF-8 was read as Windows-1252 or Latin-1.
/// </summary>
internal static partial class TextCleaner
{
    private const int MostRounds = 4;

    // Latin digraphs and ligatures that stand for two or three letters.
    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['Ĳ'] = "IJ",
        ['ĳ'] = "ij",
        ['ŉ'] = "ʼn",
        ['Ǳ'] = "DZ",
        ['ǲ'] = "Dz",
        ['ǳ'] = "dz",
        ['Ǆ'] = "DŽ",
        ['ǅ'] = "Dž",
        ['ǆ'] = "dž",
        ['Ǉ'] = "LJ",
        ['ǈ'] = "Lj",
        ['ǉ'] = "lj",
        ['Ǌ'] = "NJ",
        ['ǋ'] = "Nj",
        ['ǌ'] = "nj",
        ['ﬀ'] = "ff",
        ['ﬁ'] = "fi",
        ['ﬂ'] = "fl",
        ['ﬃ'] = "ffi",
        ['ﬄ'] = "ffl",
        ['ﬅ'] = "ſt",
        ['ﬆ'] = "st",
    };

    // The usual forms of U+FF5F..U+FFEF: half-width letters and full-width symbols (compatibility decompositions).
    private const char FirstHalfWidth = '\uff5f';
    private const string UsualWidths =
        "\u2985\u2986\u3002\u300c\u300d\u3001\u30fb\u30f2\u30a1\u30a3\u30a5\u30a7\u30a9\u30e3\u30e5\u30e7"
            + "\u30c3\u30fc\u30a2\u30a4\u30a6\u30a8\u30aa\u30ab\u30ad\u30af\u30b1\u30b3\u30b5\u30b7\u30b9\u30bb"
            + "\u30bd\u30bf\u30c1\u30c4\u30c6\u30c8\u30ca\u30cb\u30cc\u30cd\u30ce\u30cf\u30d2\u30d5\u30d8\u30db"
            + "\u30de\u30df\u30e0\u30e1\u30e2\u30e4\u30e6\u30e8\u30e9\u30ea\u30eb\u30ec\u30ed\u30ef\u30f3\u3099"
            + "\u309a\u1160\u1100\u1101\u11aa\u1102\u11ac\u11ad\u1103\u1104\u1105\u11b0\u11b1\u11b2\u11b3\u11b4"
            + "\u11b5\u111a\u1106\u1107\u1108\u1121\u1109\u110a\u110b\u110c\u110d\u110e\u110f\u1110\u1111\u1112"
            + "\uffbf\uffc0\uffc1\u1161\u1162\u1163\u1164\u1165\u1166\uffc8\uffc9\u1167\u1168\u1169\u116a\u116b"
            + "\u116c\uffd0\uffd1\u116d\u116e\u116f\u1170\u1171\u1172\uffd8\uffd9\u1173\u1174\u1175\uffdd\uffde"
            + "\uffdf\u00a2\u00a3\u00ac\u0020\u00a6\u00a5\u20a9\uffe7\u2502\u2190\u2191\u2192\u2193\u25a0\u25cb"
            + "\uffef";

    /// <summary>The text as the tokenizer wants it, but for its case.</summary>
    public static string Clean(string text)
    {
        string repaired = Repair(text);
        string decoded = HtmlEntities.Unescape(HtmlEntities.Unescape(repaired));
        return Blanks().Replace(decoded, " ").Trim();
    }

    // A repair can uncover the need for another one, so all are repeated until nothing changes.
    private static string Repair(string text)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            string repaired = RepairOnce(text);
            if (repaired == text)
                break;
            text = repaired;
        }

        return text;
    }

    private static string RepairOnce(string text)
    {
        // A text with angle brackets may be markup on purpose.
        if (!text.Contains('<'))
            text = HtmlEntities.UnescapeWhole(text);
        text = Mojibake.Repair(text);
        var result = new StringBuilder(text.Length);
        foreach (char letter in TerminalEscapes().Replace(text, ""))
            Append(result, letter);
        return CanonicalComposition.Compose(WellFormed(result.ToString()));
    }

    private static void Append(StringBuilder result, char letter)
    {
        switch (letter)
        {
            case 'ʼ' or (>= '‘' and <= '‛'):
                result.Append('\'');
                break;
            case >= '“' and <= '‟':
                result.Append('"');
                break;
            case '\r' or '\u2028' or '\u2029' or '\u0085':
                result.Append('\n');
                break;
            case '\u3000':
                result.Append(' ');
                break;
            case >= '\uff01' and < FirstHalfWidth:
                result.Append((char)(letter - '\uff01' + '!'));
                break;
            case '\uffe3':
                result.Append(" \u0304");
                break;
            case >= FirstHalfWidth and <= '\uffef':
                result.Append(UsualWidths[letter - FirstHalfWidth]);
                break;
            case '\t' or '\n' or '\f':
                result.Append(letter);
                break;
            case < ' ' or '\u007f' or (>= '\u206a' and <= '\u206f') or '\ufeff' or (>= '\ufff9' and <= '\ufffc'):
                break;
            default:
                _ = Ligatures.TryGetValue(letter, out string? letters) ? result.Append(letters) : result.Append(letter);
                break;
        }
    }

    // Halves of a surrogate pair that stand alone cannot be written as UTF-8.
    private static string WellFormed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            result.Append(rune);
        return result.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\x1b\[((?:\d|;)*)([a-zA-Z])")]
    private static partial Regex TerminalEscapes();
}

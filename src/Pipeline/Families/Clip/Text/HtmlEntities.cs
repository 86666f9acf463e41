using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// HTML's character references as Python's <c>html.unescape</c> reads them, which CLIP's authors call: those of HTML 4
/// without their semicolon too, alone or as the beginning of a word, and numbers as browsers mend them. Names are those
/// of HTML 4.
/// </summary>
internal static partial class HtmlEntities
{
    private const char Replacement = '\ufffd';

    // Names in capitals that HTML 5 added, all older than the need for a semicolon.
    private static readonly Dictionary<string, string> Capitals = new(StringComparer.Ordinal)
    {
        ["AMP"] = "&",
        ["LT"] = "<",
        ["GT"] = ">",
        ["QUOT"] = "\"",
        ["COPY"] = "©",
        ["REG"] = "®",
    };

    // What Windows-1252 has where Unicode has the control characters 0x80..0x9f; a blank where it has nothing.
    private const string Windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <summary>The text with every reference replaced that Python would replace.</summary>
    public static string Unescape(string text) =>
        References().Replace(text, match => Named(match.ValueSpan[1..]) ?? match.Value);

    /// <summary>
    /// The text with whole references replaced, as <c>ftfy</c> does before its other repairs: those with a semicolon,
    /// and names in capitals for capitals (<c>&amp;EACUTE;</c>).
    /// </summary>
    public static string UnescapeWhole(string text) => WholeReferences().Replace(text, match => Whole(match.Value));

    private static string Whole(string reference)
    {
        string name = reference[1..^1], lower = name.ToLowerInvariant();
        if (name[0] == '#')
            return Number(name) ?? reference;
        return Find(name) ?? (!name.Any(char.IsLower) ? Find(lower)?.ToUpperInvariant() : null) ?? reference;
    }

    // A reference without its ampersand; null when it is none.
    private static string? Named(ReadOnlySpan<char> reference)
    {
        string body = reference.TrimEnd(';').ToString();
        if (body.Length > 0 && body[0] == '#')
            return Number(body);
        if (reference[^1] == ';' && Find(body) is string whole)
            return whole;
        for (int length = body.Length; length > 1; length--)
        {
            if (Find(body[..length]) is string known && IsKnownWithoutSemicolon(body[..length], known))
                return string.Concat(known, reference[length..]);
        }

        return null;
    }

    // The framework knows HTML 4; two of its brackets have other characters since HTML 5.
    private static string? Find(string name)
    {
        if (name is "lang" or "rang")
            return name == "lang" ? "⟨" : "⟩";
        if (Capitals.TryGetValue(name, out string? capital))
            return capital;
        string decoded = WebUtility.HtmlDecode($"&{name};");
        return decoded.Length == 1 ? decoded : null;
    }

    private static bool IsKnownWithoutSemicolon(string name, string character) => name != "apos" && character[0] <= 'ÿ';

    private static string? Number(string body)
    {
        bool isHexadecimal = body.Length > 1 && body[1] is 'x' or 'X';
        ReadOnlySpan<char> digits = body.AsSpan(isHexadecimal ? 2 : 1);
        if (digits.Length == 0 || !digits.ContainsOnly(isHexadecimal))
            return null;
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        // More digits than a number holds are as far out of range as any.
        uint value = uint.TryParse(digits, style, CultureInfo.InvariantCulture, out uint number)
            ? number
            : uint.MaxValue;
        return value switch
        {
            0 or >= 0xd800 and <= 0xdfff or > 0x10ffff => Replacement.ToString(),
            0x0d => "\r",
            >= 0x80 and <= 0x9f =>
                (Windows1252[(int)value - 0x80] is var letter and not ' ' ? letter : (char)value).ToString(),
            _ when IsNoCharacter(value) => "",
            _ => new Rune(value).ToString(),
        };
    }

    private static bool ContainsOnly(this ReadOnlySpan<char> digits, bool hexadecimal) =>
        digits.IndexOfAnyExcept(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789") < 0;

    private static bool IsNoCharacter(uint value) =>
        value is < 0x09 or 0x0b or (>= 0x0e and < 0x20) or 0x7f or (>= 0xfdd0 and <= 0xfdef)
            || (value & 0xfffe) == 0xfffe;

    [GeneratedRegex(@"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")]
    private static partial Regex References();

    [GeneratedRegex(@"&#?[0-9A-Za-z]{1,24};")]
    private static partial Regex WholeReferences();
}

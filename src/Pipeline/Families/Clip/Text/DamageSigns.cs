using System.Globalization;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// Tells whether a text looks like UTF-8 that was read as another encoding: by pairs of neighbours that people hardly
/// ever write and that such damage is full of. The judgement is that of the library ftfy, as far as Windows-1252 and
/// Latin-1 go.
/// </summary>
internal static class DamageSigns
{
    private const Sign Accented = Sign.Capital | Sign.Small;
    private const Sign Marks = Sign.Opening | Sign.Closing | Sign.Currency | Sign.Numeric | Sign.Law;

    private const char Nothing = '\0';

    // Letters of faces, (òÓ), which stand anywhere.
    private const string Faces = "ÒÓÔÕÖÙÚÛòóôõöøùúû°ŐŌŪŲ";

    // What Ø and Ù come before in damaged Arabic, besides what their signs say.
    private const string ArabicSecond = "\u00a0\u00ad·´–—―…’ŸŠ®°µ»";

    // What Â, Ã, Î and Ð hardly ever stand before.
    private const string AfterCapital = "€œŠš¢£Ÿž\u00a0\u00ad®©°·»–—´";

    // First and second of two neighbours, either of several kinds.
    private static readonly (Sign First, Sign Second)[] Pairs =
    [
        (Accented | Marks | Sign.Rare, Sign.Rare),
        (Sign.Rare, Accented | Marks),
        (Sign.Small | Sign.OtherSmall | Sign.Closing | Sign.Currency | Sign.Numeric, Sign.Capital),
        (Sign.Closing | Sign.Currency | Sign.Numeric, Sign.Small),
        (Sign.Small | Sign.Closing, Sign.Currency),
        (Sign.Capital, Sign.Numeric | Sign.Law),
        (Sign.Currency | Sign.Numeric, Sign.Opening),
    ];

    /// <summary>Whether there is at least one sign of damage.</summary>
    public static bool AreIn(string text)
    {
        if (text is ['Ã' or 'Â', ' ', ..])
            return true;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] >= '\u0080' && IsSignAt(text, at))
                return true;
        }

        return false;
    }

    private static bool IsSignAt(string text, int at)
    {
        Sign sign = Of(text[at]), next = Of(At(text, at + 1));
        return sign is Sign.Control
            || Array.Exists(Pairs, pair => (pair.First & sign) != 0 && (pair.Second & next) != 0)
            || IsSignOfThree(text, at, sign, next)
            || IsKnown(text, at, sign, next);
    }

    // Neighbours that are a sign only beside a third.
    private static bool IsSignOfThree(string text, int at, Sign sign, Sign next)
    {
        char before = At(text, at - 1), after = At(text, at + 2);
        return next switch
        {
            Sign.Rare => char.IsAsciiLetter(before) && (sign & (Sign.OtherCapital | Sign.OtherSmall)) != 0,
            Sign.Currency when sign is Sign.Capital => char.IsWhiteSpace(before) || char.IsAsciiLetterLower(before),
            Sign.Opening when sign is Sign.Capital && char.IsAsciiLetterLower(before) => true,
            Sign.Opening when (sign & (Accented | Sign.Currency | Sign.Closing)) != 0
                && Of(after) is Sign.Numeric => true,
            Sign.Closing when (sign & (Accented | Sign.Currency | Sign.Numeric | Sign.Law)) != 0
                && Of(after) is Sign.Opening => true,
            Sign.Opening or Sign.Closing => (sign & Accented) != 0 && (char.IsLetterOrDigit(after) || after == '_'),
            _ => false,
        };
    }

    // Neighbours of certain letters.
    private static bool IsKnown(string text, int at, Sign sign, Sign next)
    {
        char before = At(text, at - 1), second = At(text, at + 1);
        bool isAfterWord = char.IsAsciiLetterLower(before);
        return text[at] switch
        {
            'Œ' or 'œ' => second != Nothing && !char.IsAsciiLetter(second),
            _ when second == '°' && sign is Sign.Capital => true,
            'Ã' when second is '\u00a0' or '¡' => true,
            'Ã' or 'Â' when second == ' '
                && (isAfterWord || (char.IsWhiteSpace(before) && char.IsAsciiLetterLower(At(text, at - 2)))) => true,
            'Â' when second == ' ' => before is '.' or ',' or '?' or '!' || Of(before) is Sign.Closing,
            'Â' or 'Ã' or 'Î' or 'Ð' => IsUsual(second, next),
            'Ø' or 'Ù' => IsArabic(second) && At(text, at + 2) is ('Ø' or 'Ù') && IsArabic(At(text, at + 3)),
            'à' => second is '²' or 'µ' or '¹' or '¼' or '½' or '¾',
            '×' => second is '²' or '³',
            _ => false,
        };
    }

    private static bool IsUsual(char second, Sign sign) =>
        AfterCapital.Contains(second) || sign is Sign.Opening or Sign.Closing;

    private static char At(string text, int at) => at >= 0 && at < text.Length ? text[at] : Nothing;

    private static bool IsArabic(char letter) => ArabicSecond.Contains(letter)
        || (Of(letter) & (Sign.Currency | Sign.Rare | Sign.Numeric | Sign.Opening)) != 0;

    private static Sign Of(char letter) => letter switch
    {
        < '\u0080' => Sign.None,
        <= '\u009f' => Sign.Control,
        _ when Faces.Contains(letter) => Sign.None,
        '¦' or '¤' or '¨' or '¬' or '¯' or '¸' or 'ƒ' or 'ˆ' or 'ˇ' or '˘' or '˛' or '˜' or '†' or '‡' or '‰' or '⌐'
            or '◊'
            or '\ufffd' or 'ª' or 'º' => Sign.Rare,
        '¶' or '§' => Sign.Law,
        '¢' or '£' or '¥' or '₧' or '€' => Sign.Currency,
        '¡' or '«' or '¿' or '©' or '΄' or '΅' or '‘' or '‚' or '“' or '„' or '•' or '‹' => Sign.Opening,
        '®' or '»' or '˝' or '”' or '›' or '™' => Sign.Closing,
        '²' or '³' or '¹' or '±' or '¼' or '½' or '¾' or '×' or 'µ' or '÷' or '⁄' or '∂' or '∆' or '∏' or '∑' or '√'
            or '∞'
            or '∩' or '∫' or '≈' or '≠' or '≡' or '≤' or '≥' or '№' => Sign.Numeric,
        'Þ' => Sign.OtherCapital,
        // Thorn and y with an accent are in no damage.
        'þ' or 'ý' or 'ÿ' => Sign.None,
        >= '\u0370' and <= '\u03ce' or >= '\u0400' and <= '\u045f' =>
            OfCase(letter, Sign.OtherCapital, Sign.OtherSmall),
        <= '\u017f' or 'Ґ' or 'ґ' => OfCase(letter, Sign.Capital, Sign.Small),
        _ => Sign.None,
    };

    private static Sign OfCase(char letter, Sign capital, Sign small) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.UppercaseLetter => capital,
        UnicodeCategory.LowercaseLetter => small,
        _ => Sign.None,
    };
}

using System.Text;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>Undoes "mojibake": UTF-8 that was read as Windows-1252 or Latin-1, <c>schÃ¶n</c> for <c>schön</c>.</summary>
internal static class Mojibake
{
    // What Windows-1252 has at bytes 0x80..0x9F; the five holes keep the control character of Latin-1.
    private const string Windows1252 =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text with every damaged sequence repaired, and stray C1 controls read as Windows-1252.</summary>
    public static string Repair(string text)
    {
        if (!text.Any(letter => letter >= '\u0080'))
            return text;
        bool isSuspect = IsDamagedThroughout(text);
        var result = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = SequenceLength(text, at);
            bool isDamage = length > 2 || text[at] is 'Â' or 'Ã' || isSuspect;
            if (length > 1 && isDamage && Decode(text.AsSpan(at, length)) is string decoded)
            {
                result.Append(decoded);
                at += length;
                continue;
            }

            char letter = text[at++];
            result.Append(letter is >= '\u0080' and <= '\u009f' ? Windows1252[letter - '\u0080'] : letter);
        }

        return result.ToString();
    }

    // Sound text has pairs such as "É»" too. Â and Ã hardly ever stand before a symbol; other pairs count when every
    // character beyond ASCII belongs to one.
    private static bool IsDamagedThroughout(string text)
    {
        int sequences = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = SequenceLength(text, at);
            if (length == 1 && text[at] >= '\u0080')
                return false;
            sequences += length > 1 ? 1 : 0;
            at += length;
        }

        return sequences > 1;
    }

    // How many characters the UTF-8 sequence has that would begin with this one, were it a byte.
    private static int SequenceLength(string text, int at)
    {
        int length = ToByte(text[at]) switch
        {
            >= 0xc2 and <= 0xdf => 2,
            >= 0xe0 and <= 0xef => 3,
            >= 0xf0 and <= 0xf4 => 4,
            _ => 1,
        };
        if (at + length > text.Length)
            return 1;
        for (int i = 1; i < length; i++)
        {
            if (ToByte(text[at + i]) is < 0x80 or > 0xbf)
                return 1;
        }

        return length;
    }

    private static string? Decode(ReadOnlySpan<char> sequence)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (int i = 0; i < sequence.Length; i++)
            bytes[i] = (byte)ToByte(sequence[i]);
        try
        {
            return Strict.GetString(bytes[..sequence.Length]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int ToByte(char letter)
    {
        if (letter < '\u0100')
            return letter;
        int index = Windows1252.IndexOf(letter, StringComparison.Ordinal);
        return index < 0 ? -1 : 0x80 + index;
    }
}

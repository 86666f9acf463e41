using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>Values as protocol 0 writes them: lines of text.</summary>
internal static class PickleText
{
    // Python writes integers of any length; none in a file of data is longer.
    private const int LongestInteger = 160;

    /// <summary>An integer, with or without Python 2's L; <c>00</c> and <c>01</c> are false and true.</summary>
    /// <exception cref="PickleException">It is something else.</exception>
    public static object Number(string line)
    {
        if (line is "00" or "01")
            return line is "01";
        if (line.Length > LongestInteger
            || !BigInteger.TryParse(
                line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value))
        {
            throw Unreadable(line);
        }

        // A conditional of both types would be a BigInteger either way.
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    /// <summary>A float.</summary>
    /// <inheritdoc cref="Number"/>
    public static double Real(string line) =>
        double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Unreadable(line);

    /// <summary>A place in the memo.</summary>
    /// <inheritdoc cref="Number"/>
    public static long Place(string line) =>
        long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long place)
            ? place
            : throw Unreadable(line);

    /// <summary>Text between quotes, with escapes.</summary>
    /// <inheritdoc cref="Number"/>
    public static string Quoted(string line) =>
        line.Length >= 2 && line[0] is '\'' or '"' && line[^1] == line[0]
            ? Unescaped(line[1..^1])
            : throw Unreadable(line);

    /// <summary>Text with escapes.</summary>
    /// <inheritdoc cref="Number"/>
    public static string Unescaped(string line)
    {
        try
        {
            return Regex.Unescape(line);
        }
        catch (ArgumentException)
        {
            throw Unreadable(line);
        }
    }

    private static PickleException Unreadable(string line) =>
        new($"it holds '{(line.Length <= 40 ? line : line[..40] + "…")}' where a value should be");
}

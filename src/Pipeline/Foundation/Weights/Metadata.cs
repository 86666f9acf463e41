using System.Globalization;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Reads the free text that a weight file carries as settings.</summary>
internal static class Metadata
{
    /// <summary>A whole number; null when there is none under this key.</summary>
    /// <exception cref="SegmentationProblemException">The text is not a positive whole number.</exception>
    public static int? Number(IReadOnlyDictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw Invalid(key, text, "a positive whole number");
    }

    /// <summary>A number of 0 or more; null when there is none under this key.</summary>
    /// <exception cref="SegmentationProblemException">The text is not such a number.</exception>
    public static double? Real(IReadOnlyDictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) && number >= 0
            ? number
            : throw Invalid(key, text, "a number of 0 or more");
    }

    /// <summary>Whole numbers separated by commas; none when there are none under this key.</summary>
    /// <exception cref="SegmentationProblemException">The text is something else.</exception>
    public static int[] Numbers(IReadOnlyDictionary<string, string> metadata, string key)
    {
        string text = metadata.GetValueOrDefault(key, "");
        return [.. text.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : throw Invalid(key, text, "a list of whole numbers"))];
    }

    /// <summary>Three numbers, of red, green and blue; null when there are none under this key.</summary>
    /// <exception cref="SegmentationProblemException">The text is not three numbers.</exception>
    public static float[]? Colour(IReadOnlyDictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            return null;
        float[] numbers = [.. text.Split([',', ' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
                ? number
                : float.NaN)];
        return numbers.Length == 3 && numbers.All(float.IsFinite) ? numbers : throw Invalid(key, text, "three numbers");
    }

    private static SegmentationProblemException Invalid(string key, string text, string expected) =>
        SegmentationProblem.InvalidModel(
            $"metadata {key}", $"'{text}' is not {expected}", "Correct the file's metadata");
}

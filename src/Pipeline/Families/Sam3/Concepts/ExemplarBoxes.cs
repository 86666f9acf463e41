using System.Globalization;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>
/// Boxes around examples as people write them: <c>10,20,50,60; 5,5,9,9,0</c>, with <c>cat: … | dog: …</c> where there
/// are several classes.
/// </summary>
internal static class ExemplarBoxes
{
    private const string Setting = "settings.exemplars";
    private const int MostNamed = 5;

    /// <summary>What cannot be read of a text.</summary>
    public static IEnumerable<string> Faults(string text) =>
        Parts(text).SelectMany(part => part.Boxes).Where(box => Read(box) is null)
            .Select(box => $"'{Shorten(box)}' is not a box");

    /// <summary>The exemplars of each class.</summary>
    /// <param name="text">A text without faults.</param>
    /// <param name="vocabulary">The classes.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <returns>One list a class.</returns>
    /// <exception cref="SegmentationProblemException">A box is empty or lies outside the picture, or it is not said
    /// what it shows.</exception>
    public static IReadOnlyList<Sam3Exemplar>[] Of(string text, Vocabulary vocabulary, int width, int height)
    {
        var exemplars = new List<Sam3Exemplar>[vocabulary.Count];
        for (int i = 0; i < exemplars.Length; i++)
            exemplars[i] = [];
        foreach ((string? name, string[] boxes) in Parts(text))
            exemplars[Find(name, vocabulary)].AddRange(boxes.Select(box => Place(box, width, height)));
        return [.. exemplars];
    }

    private static int Find(string? name, Vocabulary vocabulary)
    {
        if (name is null && vocabulary.Count == 1)
            return 0;
        for (int i = 0; i < vocabulary.Count; i++)
        {
            if (name is not null && vocabulary[i].Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                return i;
        }

        throw name is null
            ? SegmentationProblem.InvalidRequest(
                Setting,
                $"it does not say which of {vocabulary.Count} classes the boxes show",
                $"Write {vocabulary[0].Name}: before them")
            : SegmentationProblem.InvalidRequest(
                Setting,
                $"there is no class '{Shorten(name)}'",
                $"Use one of "
                    + $"{string.Join(", ", vocabulary.Categories.Take(MostNamed).Select(category => category.Name))}");
    }

    private static Sam3Exemplar Place(string text, int width, int height)
    {
        (BoxXyxy box, bool isWanted) = Read(text)!.Value;
        if (box.X1 <= box.X0 || box.Y1 <= box.Y0)
            throw SegmentationProblem.InvalidRequest(
                Setting, $"'{Shorten(text)}' has no area", "Give the top-left corner first, then the bottom-right one");
        if (box.X1 <= 0 || box.Y1 <= 0 || box.X0 >= width || box.Y0 >= height)
            throw SegmentationProblem.InvalidRequest(
                Setting,
                $"'{Shorten(text)}' lies outside the picture of {width}×{height}",
                "Use pixel coordinates of the picture");
        return new Sam3Exemplar(
            (box.X0 + box.X1) / 2 / width,
            (box.Y0 + box.Y1) / 2 / height,
            (box.X1 - box.X0) / width,
            (box.Y1 - box.Y0) / height,
            isWanted);
    }

    private static IEnumerable<(string? Name, string[] Boxes)> Parts(string text)
    {
        foreach (string part in text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.LastIndexOf(':');
            yield return (
                colon < 0 ? null : part[..colon].Trim(),
                part[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static (BoxXyxy Box, bool IsWanted)? Read(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new float[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !float.IsFinite(numbers[i]))
                return null;
        }

        return numbers switch
        {
            [float x0, float y0, float x1, float y1] => (new BoxXyxy(x0, y0, x1, y1), true),
            [float x0, float y0, float x1, float y1, 0 or 1] => (new BoxXyxy(x0, y0, x1, y1), numbers[4] == 1),
            _ => null,
        };
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

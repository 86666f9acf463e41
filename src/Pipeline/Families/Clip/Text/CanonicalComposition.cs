using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// Unicode's normalisation form C: the same on every machine, also where the system's Unicode library is absent. Tables
/// of Unicode 14.
/// </summary>
internal static class CanonicalComposition
{
    // Hangul syllables are composed by arithmetic (Unicode, section 3.12).
    private const int SyllableBase = 0xac00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11a7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    private static readonly Lazy<Tables> Data = new(Read);

    /// <summary>The text in form C.</summary>
    public static string Compose(string text)
    {
        // Below U+0300 nothing decomposes that would not compose again.
        if (!text.Any(letter => letter >= '\u0300'))
            return text;
        var points = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        Reorder(points);
        var result = new StringBuilder(text.Length);
        foreach (int point in Join(points))
            result.Append(new Rune(point));
        return result.ToString();
    }

    private static void Decompose(int point, List<int> points)
    {
        int syllable = point - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            points.Add(LeadBase + (syllable / (Vowels * Tails)));
            points.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails != 0)
                points.Add(TailBase + (syllable % Tails));
        }
        else if (Data.Value.Parts.TryGetValue(point, out int[]? parts))
        {
            foreach (int part in parts)
                Decompose(part, points);
        }
        else
        {
            points.Add(point);
        }
    }

    // Marks of different classes have a fixed order; a stable insertion sort inside each run of marks.
    private static void Reorder(List<int> points)
    {
        for (int i = 1; i < points.Count; i++)
        {
            int point = points[i], order = Class(point), at = i;
            for (; order != 0 && at > 0 && Class(points[at - 1]) > order; at--)
                points[at] = points[at - 1];
            points[at] = point;
        }
    }

    private static List<int> Join(List<int> points)
    {
        var joined = new List<int>(points.Count);
        int starter = -1, lastClass = 0;
        foreach (int point in points)
        {
            int order = Class(point);
            // A mark of the same or a higher class in between blocks the composition.
            bool isBlocked = starter != joined.Count - 1 && lastClass >= order;
            if (starter >= 0 && !isBlocked && Pair(joined[starter], point) is int composed)
            {
                joined[starter] = composed;
                continue;
            }

            joined.Add(point);
            lastClass = order;
            if (order == 0)
                starter = joined.Count - 1;
        }

        return joined;
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < Leads && second - VowelBase is >= 0 and < Vowels)
            return SyllableBase + ((((first - LeadBase) * Vowels) + second - VowelBase) * Tails);
        bool isOpen = first - SyllableBase is >= 0 and < Syllables && (first - SyllableBase) % Tails == 0;
        if (isOpen && second - TailBase is > 0 and < Tails)
            return first + second - TailBase;
        return Data.Value.Pairs.TryGetValue((first, second), out int composed) ? composed : null;
    }

    private static int Class(int point) => Data.Value.Classes.GetValueOrDefault(point);

    private static Tables Read()
    {
        var tables = new Tables([], [], []);
        using Stream resource = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("FrozenSeg.Pipeline.Families.Clip.Text.canonical.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress), Encoding.ASCII);
        while (reader.ReadLine() is string line)
        {
            string[] fields = line.Split(' ');
            int[] points = [.. fields[1..].Select(
                field => int.Parse(field, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            if (fields[0] == "M")
            {
                int order = int.Parse(fields[3], CultureInfo.InvariantCulture);
                for (int point = points[0]; point <= points[1]; point++)
                    tables.Classes[point] = order;
                continue;
            }

            tables.Parts[points[0]] = points[1..];
            if (fields[0] == "C")
                tables.Pairs[(points[1], points[2])] = points[0];
        }

        return tables;
    }

    // How a character decomposes; which pairs compose; the order of marks.
    private sealed record Tables(
        Dictionary<int, int[]> Parts, Dictionary<(int First, int Second), int> Pairs, Dictionary<int, int> Classes);
}

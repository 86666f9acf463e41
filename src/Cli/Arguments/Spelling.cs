namespace FrozenSeg.Cli.Arguments;

/// <summary>What a mistyped word may have meant.</summary>
internal static class Spelling
{
    // A third of the letters wrong is another word.
    private const int LettersPerMistake = 3;

    /// <summary>The word most like <paramref name="word"/>; null where none is like it.</summary>
    public static string? FindNearest(string word, IEnumerable<string> known)
    {
        (string? nearest, int least) = (null, Math.Max(1, word.TrimStart('-').Length / LettersPerMistake) + 1);
        foreach (string candidate in known)
        {
            int distance = Distance(word, candidate);
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>Letters to put in, take out or change until one word is the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = before + (a[i - 1] == b[j - 1] ? 0 : 1);
                before = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}

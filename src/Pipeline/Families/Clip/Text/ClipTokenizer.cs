using System.Globalization;
using System.Text;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// CLIP's tokenizer (car.md 2.1): cleans a text, cuts it into pieces, and joins the bytes of each piece by the merges.
/// Immutable, safe for many callers.
/// </summary>
internal sealed class ClipTokenizer
{
    private const string StartText = "<|startoftext|>", EndText = "<|endoftext|>";

    private static readonly string[] Marks = [StartText, EndText];

    // In the order of the pattern; the long s folds to s when case is ignored.
    private static readonly string[] Contractions = ["'s", "'ſ", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private readonly MergeTable _merges;

    /// <param name="merges">How many of the published merges the model was trained with.</param>
    public ClipTokenizer(int merges = MergeTable.Published) => _merges = new MergeTable(merges);

    /// <summary>Number of merges in use.</summary>
    public int Merges => _merges.Count;

    /// <summary>Number of ids: 512 byte symbols, the merges, start and end mark. 49,408 as published.</summary>
    public int VocabularySize => MergeTable.FirstMerge + _merges.Count + Marks.Length;

    /// <summary>The id before every text.</summary>
    public int StartId => VocabularySize - 2;

    /// <summary>The id after every text; the largest, and the position whose feature is the text's.</summary>
    public int EndId => VocabularySize - 1;

    /// <summary>
    /// Whether start and end mark may stand in a text, as CLIP's own tokenizer reads them. Otherwise they are words
    /// like others: nobody's text ends where it happens to name one. Default: false.
    /// </summary>
    public bool ReadsMarks { get; init; }

    /// <summary>
    /// The tokenizer for a token table of <paramref name="rows"/> rows; null when no tokenizer has so many.
    /// </summary>
    public static ClipTokenizer? ForVocabulary(int rows)
    {
        int merges = rows - MergeTable.FirstMerge - Marks.Length;
        return merges is >= 0 and <= MergeTable.Published ? new ClipTokenizer(merges) : null;
    }

    /// <summary>The ids of a text without marks, however many.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        var ids = new List<int>();
        foreach (string piece in Pieces(LowerCase(TextCleaner.Clean(text))))
        {
            switch (piece)
            {
                case StartText when ReadsMarks:
                    ids.Add(StartId);
                    break;
                case EndText when ReadsMarks:
                    ids.Add(EndId);
                    break;
                default:
                    ids.AddRange(Merge(piece));
                    break;
            }
        }

        return ids;
    }

    /// <summary>
    /// A text between its marks. What does not fit is cut and the end mark put last; the result says so.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="context">Positions of the text encoder; 77 as published.</param>
    public TokenizedText Tokenize(string text, int context)
    {
        int[] ids = [StartId, .. Encode(text), EndId];
        if (ids.Length <= context)
            return new TokenizedText(text, ids, ids.Length);
        int[] cut = ids[..context];
        cut[^1] = EndId;
        return new TokenizedText(text, cut, ids.Length);
    }

    // Python's lower(): what .NET's invariant one leaves out is the dotted capital I and the sigma that ends a word.
    private static string LowerCase(string text)
    {
        string lower = text.Replace("İ", "i̇", StringComparison.Ordinal).ToLowerInvariant();
        return text.Contains('Σ') ? WithFinalSigma(text, lower) : lower;
    }

    private static string WithFinalSigma(string text, string lower)
    {
        string original = text.Replace("İ", "i̇", StringComparison.Ordinal);
        char[] letters = lower.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            if (original[i] == 'Σ' && NextCased(original, i, -1) && !NextCased(original, i, 1))
                letters[i] = 'ς';
        }

        return new string(letters);
    }

    // Unicode's Final_Sigma: marks and apostrophes between letters do not count.
    private static bool NextCased(string text, int from, int step)
    {
        for (int i = from + step; i >= 0 && i < text.Length; i += step)
        {
            if (char.IsLetter(text[i]))
                return true;
            bool isIgnorable = text[i] is '\'' or '.' or ':' or '·'
                || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.Format or UnicodeCategory.ModifierSymbol;
            if (!isIgnorable)
                return false;
        }

        return false;
    }

    private IEnumerable<string> Pieces(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            int length = PieceLength(text, at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private int PieceLength(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        foreach (string mark in ReadsMarks ? Marks : [])
        {
            if (rest.StartsWith(mark, StringComparison.Ordinal))
                return mark.Length;
        }

        foreach (string contraction in Contractions)
        {
            if (rest.StartsWith(contraction, StringComparison.Ordinal))
                return contraction.Length;
        }

        PieceKind kind = KindAt(rest, out int length);
        if (kind is PieceKind.Number)
            return length;
        int end = length;
        while (end < rest.Length && KindAt(rest[end..], out length) == kind)
            end += length;
        return end;
    }

    // Numbers stand alone, letters form words, and everything else that is not a blank forms runs; marks are not
    // letters.
    private static PieceKind KindAt(ReadOnlySpan<char> text, out int length)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out length);
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => PieceKind.Letters,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber =>
                PieceKind.Number,
            _ => Rune.IsWhiteSpace(rune) ? PieceKind.Blank : PieceKind.Other,
        };
    }

    private List<int> Merge(string piece)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(piece);
        var ids = new List<int>(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
            ids.Add(MergeTable.OfByte(bytes[i], isLast: i == bytes.Length - 1));

        while (FirstPair(ids) is (int left, int right, int merged))
            ReplaceAll(ids, left, right, merged);
        return ids;
    }

    private (int Left, int Right, int Merged)? FirstPair(List<int> ids)
    {
        (int Left, int Right, int Merged)? first = null;
        for (int i = 0; i + 1 < ids.Count; i++)
        {
            if (_merges.TryMerge(ids[i], ids[i + 1], out int merged) && (first is null || merged < first.Value.Merged))
                first = (ids[i], ids[i + 1], merged);
        }

        return first;
    }

    private static void ReplaceAll(List<int> ids, int left, int right, int merged)
    {
        int count = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            bool isPair = ids[i] == left && i + 1 < ids.Count && ids[i + 1] == right;
            ids[count++] = isPair ? merged : ids[i];
            if (isPair)
                i++;
        }

        ids.RemoveRange(count, ids.Count - count);
    }

    private enum PieceKind
    {
        Blank,
        Letters,
        Number,
        Other,
    }
}

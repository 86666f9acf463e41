using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// CLIP's byte-pair merges as token ids (car.md 2.1). Ids 0..255 are the bytes, 256..511 the bytes that end a piece,
/// then come the merges in their order. Immutable.
/// </summary>
internal sealed class MergeTable
{
    /// <summary>Merges that OpenAI's CLIP uses; with 512 byte symbols and two marks they make 49,408 tokens.</summary>
    public const int Published = 48_894;

    /// <summary>First id of a merge.</summary>
    public const int FirstMerge = 512;

    private const int Bytes = 256;
    private const string PieceEnd = "</w>";

    private static readonly Lazy<(int Left, int Right)[]> All = new(Read);

    private readonly Dictionary<(int, int), int> _merged;

    /// <summary>The table of the first <paramref name="count"/> merges.</summary>
    public MergeTable(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Published);
        Count = count;
        _merged = new Dictionary<(int, int), int>(count);
        for (int i = 0; i < count; i++)
            _merged.Add(All.Value[i], FirstMerge + i);
    }

    /// <summary>Number of merges.</summary>
    public int Count { get; }

    /// <summary>The id a pair becomes, which also is its rank: smaller ids are merged first.</summary>
    public bool TryMerge(int left, int right, out int id) => _merged.TryGetValue((left, right), out id);

    /// <summary>The id of a byte, as the last of its piece or not.</summary>
    public static int OfByte(byte value, bool isLast) => PositionOf(value) + (isLast ? Bytes : 0);

    // GPT-2's order: the bytes that print as themselves come first, the rest after them.
    private static int PositionOf(byte value) => value switch
    {
        >= 33 and <= 126 => value - 33,
        >= 161 and <= 172 => value - 161 + 94,
        >= 174 => value - 174 + 106,
        173 => 255,
        <= 32 => value + 188,
        _ => value - 127 + 221,
    };

    // The characters that stand for the bytes in the merges file: bytes that do not print are U+0100 and following.
    private static char SymbolOf(byte value) =>
        PositionOf(value) < 188 ? (char)value : (char)(Bytes + PositionOf(value) - 188);

    private static (int Left, int Right)[] Read()
    {
        var ids = new Dictionary<string, int>();
        for (int value = 0; value < Bytes; value++)
        {
            string symbol = SymbolOf((byte)value).ToString();
            ids[symbol] = OfByte((byte)value, isLast: false);
            ids[symbol + PieceEnd] = OfByte((byte)value, isLast: true);
        }

        using Stream resource = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("FrozenSeg.Pipeline.Families.Clip.Text.merges.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress), Encoding.UTF8);
        var merges = new (int, int)[Published];
        for (int i = 0; i < merges.Length; i++)
        {
            string[] pair = reader.ReadLine()!.Split(' ');
            merges[i] = (ids[pair[0]], ids[pair[1]]);
            ids[pair[0] + pair[1]] = FirstMerge + i;
        }

        return merges;
    }
}

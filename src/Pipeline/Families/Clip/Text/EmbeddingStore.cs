using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>
/// Text embeddings of one model on disk: a file of records, each the SHA-256 of a text (template applied) and E floats,
/// that only grows. It is a cache: what cannot be read or written is computed again. Safe for many callers.
/// </summary>
/// <param name="path">The file; made when something is first added.</param>
/// <param name="size">E.</param>
internal sealed class EmbeddingStore(string path, int size)
{
    private const int KeyLength = 32;

    private readonly Lock _writing = new();

    private int RecordLength => KeyLength + (size * sizeof(float));

    /// <summary>The key of a text.</summary>
    public static string KeyOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Every embedding of the file, by <see cref="KeyOf"/>; a damaged end is left out.</summary>
    public IReadOnlyDictionary<string, float[]> ReadAll()
    {
        var embeddings = new Dictionary<string, float[]>();
        try
        {
            ReadOnlySpan<byte> bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            for (; bytes.Length >= RecordLength; bytes = bytes[RecordLength..])
            {
                float[] vector = MemoryMarshal.Cast<byte, float>(bytes[KeyLength..RecordLength]).ToArray();
                if (vector.All(float.IsFinite))
                    embeddings[Convert.ToHexString(bytes[..KeyLength])] = vector;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            embeddings.Clear();
        }

        return embeddings;
    }

    /// <summary>Appends embeddings; does nothing when another process is writing.</summary>
    public void Add(IReadOnlyList<(string Key, float[] Vector)> embeddings)
    {
        var records = new byte[embeddings.Count * RecordLength];
        for (int i = 0; i < embeddings.Count; i++)
        {
            Span<byte> record = records.AsSpan(i * RecordLength, RecordLength);
            Convert.FromHexString(embeddings[i].Key).CopyTo(record);
            MemoryMarshal.AsBytes<float>(embeddings[i].Vector).CopyTo(record[KeyLength..]);
        }

        lock (_writing)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
                // What an interrupted writer left at the end would shift every record after it.
                file.Seek(file.Length / RecordLength * RecordLength, SeekOrigin.Begin);
                file.Write(records);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A cache that cannot be written costs time, not results.
            }
        }
    }
}

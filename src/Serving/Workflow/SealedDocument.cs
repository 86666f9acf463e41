using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// A small document that tells whether it is as it was written: its JSON, and on a second line its hash, JSON too.
/// </summary>
internal static class SealedDocument
{
    private const string Prefix = "\"sha256:", Suffix = "\"\n";
    private static readonly int SealLength = Prefix.Length + (2 * SHA256.HashSizeInBytes) + Suffix.Length;

    /// <summary>Writes a document.</summary>
    public static byte[] Write<T>(T value)
    {
        byte[] json = WorkflowJsonContext.Write(value);
        return [.. json, (byte)'\n', .. Seal(json)];
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="SegmentationProblemException">It is damaged.</exception>
    public static T Read<T>(ReadOnlySpan<byte> content, string name)
        where T : class => WorkflowJsonContext.Read<T>(Open(content, name), name);

    private static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> content, string name)
    {
        int end = content.Length - SealLength - 1;
        bool isSealed = end >= 0 && content[end] == '\n' && content[(end + 1)..].SequenceEqual(Seal(content[..end]));
        return isSealed ? content[..end] : throw SegmentationProblem.Storage(
            name, "the stored document is damaged", "Run the segmentation again");
    }

    private static byte[] Seal(ReadOnlySpan<byte> json) =>
        Encoding.ASCII.GetBytes(Prefix + Convert.ToHexStringLower(SHA256.HashData(json)) + Suffix);
}

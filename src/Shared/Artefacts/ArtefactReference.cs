using System.Security.Cryptography;

namespace FrozenSeg.Shared.Artefacts;

/// <summary>The claim check: what stages hand each other instead of content.</summary>
/// <param name="Key">The artefact's key as text.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Hash of the content, lower-case hex: what has another is damaged. Null where nobody noted
/// it.</param>
internal sealed record ArtefactReference(string Key, long Length, string? Sha256 = null)
{
    /// <summary>The reference to content that is kept under a key.</summary>
    public static ArtefactReference Of(ArtefactKey key, ReadOnlySpan<byte> content) =>
        new(key.Value, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Whether content is what was kept, as far as length and hash tell.</summary>
    public bool Matches(ReadOnlySpan<byte> content) =>
        content.Length == Length
        && (Sha256 is null || Sha256.Equals(
            Convert.ToHexStringLower(SHA256.HashData(content)), StringComparison.Ordinal));
}

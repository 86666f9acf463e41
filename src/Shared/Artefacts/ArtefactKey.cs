using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FrozenSeg.Shared.Artefacts;

/// <summary>
/// The name of an artefact: a folder, a hash of everything its content depends on, and an extension, for instance
/// <c>masks/3f…9a.json</c>. Two runs of the same work have the same key. The default value is not a valid key.
/// </summary>
internal readonly partial record struct ArtefactKey
{
    private ArtefactKey(string value) => Value = value;

    /// <summary>The key as text, safe as a path and as a blob name; at most 200 characters.</summary>
    public string Value { get; }

    /// <summary>The key of content that is known already.</summary>
    /// <param name="folder">What sort of artefact, lower-case letters, digits and hyphens.</param>
    /// <param name="content">The content.</param>
    /// <param name="extension">With its dot, for instance <c>.png</c>.</param>
    public static ArtefactKey OfContent(string folder, ReadOnlySpan<byte> content, string extension) =>
        Parse($"{folder}/{Convert.ToHexStringLower(SHA256.HashData(content))}{extension}");

    /// <summary>The key of what a stage will make.</summary>
    /// <param name="folder">What sort of artefact, lower-case letters, digits and hyphens.</param>
    /// <param name="extension">With its dot, for instance <c>.json</c>.</param>
    /// <param name="parts">Everything the result depends on, in a fixed order; null differs from empty.</param>
    public static ArtefactKey Derive(string folder, string extension, params IEnumerable<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string? part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Parse($"{folder}/{Convert.ToHexStringLower(hash.GetHashAndReset())}{extension}");
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">The text is not a valid key.</exception>
    public static ArtefactKey Parse(string text) =>
        Form().IsMatch(text)
            ? new ArtefactKey(text)
            : throw new FormatException($"'{text}' is not a valid artefact key");

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";

    [GeneratedRegex(
        @"^(?=.{3,200}$)[a-z0-9][a-z0-9-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

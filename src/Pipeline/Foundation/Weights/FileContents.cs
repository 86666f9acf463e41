using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FrozenSeg.Pipeline.Foundation.Weights.Torch;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Tells by its first bytes what a file is that people take for weights.</summary>
internal static partial class FileContents
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Looked = 4096;

    private const string Pointer = "version https://git-lfs.github.com/spec/v";

    /// <summary>
    /// What a file is, in words, when it is something else than weights; null when it may be weights.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="isKnown">Whether something better than its first bytes tells that it is weights.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Other(string path, bool isKnown = true)
    {
        var start = new byte[Looked];
        using FileStream file = File.OpenRead(path);
        Span<byte> read = start.AsSpan(0, file.ReadAtLeast(start, Looked, throwOnEndOfStream: false));
        return Other(read) ?? (isKnown || IsWeights(read) ? null : "neither safetensors nor a PyTorch checkpoint");
    }

    /// <summary>
    /// Whether a file begins as ONNX does: the version of the format, then who wrote it, or the graph.
    /// </summary>
    public static bool IsOnnx(ReadOnlySpan<byte> start) =>
        start is [0x08, >= 3 and <= 64, 0x12 or 0x1a or 0x22 or 0x3a or 0x42, ..];

    /// <summary>Whether a file begins as weights do.</summary>
    public static bool IsWeights(ReadOnlySpan<byte> start) =>
        TorchCheckpointReader.Recognises(start) || start is [_, _, _, _, 0, 0, 0, 0, (byte)'{', ..];

    /// <summary>As <see cref="Other(string, bool)"/>, from the first bytes.</summary>
    public static string? Other(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
            return "an empty file";
        if (IsWeights(start))
            return null;
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return "a gzip archive: unpack it first";
        if (IsOnnx(start))
            return "an ONNX model";
        if (start.StartsWith("GGUF"u8))
            return "a GGUF file, of a language model";
        if (start.StartsWith("\x89HDF"u8))
            return "an HDF5 file, as Keras writes";
        string text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith(Pointer, StringComparison.Ordinal))
            return $"a Git LFS pointer{PointedSize(text)}, not the file itself: run git lfs pull, or download the file";
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return $"an HTML page{Title(text)}: a login or warning page in place of the file";
        if (text.StartsWith("<?xml", StringComparison.Ordinal))
            return "an XML answer of a server in place of the file";
        if (text.StartsWith('{') || text.StartsWith('['))
            return text.Contains("\"weight_map\"", StringComparison.Ordinal)
                ? "an index of weights in several files"
                : $"JSON{Error(text)}";
        return null;
    }

    private static string PointedSize(string text) => Size().Match(text) is { Success: true } match
        ? string.Create(
            CultureInfo.InvariantCulture,
            $" to {long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture):N0} bytes")
        : "";

    private static string Title(string text) =>
        PageTitle().Match(text) is { Success: true } match ? $" ('{Clean(match.Groups[1].Value)}')" : "";

    // Small answers of servers say what is wrong under one of these names.
    private static string Error(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && (document.RootElement.TryGetProperty(
                    "error", out JsonElement error) || document.RootElement.TryGetProperty("message", out error))
                ? $" that says '{Clean(error.ToString())}'"
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Clean(string text)
    {
        const int Most = 80;
        string line = new([.. text.Where(letter => !char.IsControl(letter))]);
        return line.Length <= Most ? line : line[..Most] + "…";
    }

    [GeneratedRegex(@"^size (\d{1,18})\r?$", RegexOptions.Multiline)]
    private static partial Regex Size();

    [GeneratedRegex("<title>([^<]*)</title>", RegexOptions.IgnoreCase)]
    private static partial Regex PageTitle();
}

using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Requests;

/// <summary>
/// A file in base64, decoded in one pass to where it stays. The reader's own way goes through a rented array, half as
/// long again and filled up to the next power of two, that a pool keeps afterwards: 128 MB for a body of 85.
/// </summary>
internal sealed class Base64Converter : JsonConverter<byte[]>
{
    /// <inheritdoc/>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
            return reader.GetBytesFromBase64();
        ReadOnlySpan<byte> text = reader.ValueSpan;
        int padding = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        byte[] content = GC.AllocateUninitializedArray<byte>(
            Math.Max(0, Base64.GetMaxDecodedFromUtf8Length(text.Length) - padding));
        if (Base64.DecodeFromUtf8(text, content, out int read, out int written) is not OperationStatus.Done
            || read != text.Length)
            throw new JsonException("It is not base64.");
        // Blanks and line breaks between the characters are allowed.
        if (written < content.Length)
            Array.Resize(ref content, written);
        return content;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Writes float32 tensors as a safetensors file, one after the other, without holding them all.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="shapes">Name and shape of every tensor, in file order.</param>
    /// <param name="metadata">Free text to carry along.</param>
    /// <param name="elements">Gives the elements of a tensor when its turn comes.</param>
    public static void Write(
        string path,
        IReadOnlyList<KeyValuePair<string, TensorShape>> shapes,
        IReadOnlyDictionary<string, string> metadata,
        Func<string, TensorShape, float[]> elements)
    {
        AtomicFile.Write(path, file =>
        {
            byte[] header = Header(shapes, metadata);
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            file.Write(length);
            file.Write(header);
            foreach ((string name, TensorShape shape) in shapes)
                file.Write(MemoryMarshal.AsBytes<float>(elements(name, shape)));
        });
    }

    private static byte[] Header(
        IReadOnlyList<KeyValuePair<string, TensorShape>> shapes, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();

            long offset = 0;
            foreach ((string name, TensorShape shape) in shapes)
            {
                long end = offset + (shape.ElementCount * sizeof(float));
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int dimension in shape.Dimensions)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // Pad with blanks so that the data begins on a multiple of eight.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}

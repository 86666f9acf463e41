using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// The header of a safetensors file of float32 tensors, one after the other, and what follows from it.
/// </summary>
internal sealed class SafetensorsLayout
{
    private const int LengthField = 8, Alignment = 8;

    /// <param name="shapes">Name and shape of every tensor, in file order.</param>
    /// <param name="metadata">Free text to carry along.</param>
    public SafetensorsLayout(
        IReadOnlyList<KeyValuePair<string, TensorShape>> shapes, IReadOnlyDictionary<string, string> metadata)
    {
        Shapes = shapes;
        Metadata = metadata;
        Header = Write();
        Length = LengthField + Header.Length + shapes.Sum(tensor => tensor.Value.ElementCount * sizeof(float));
    }

    /// <summary>Name and shape of every tensor, in file order.</summary>
    public IReadOnlyList<KeyValuePair<string, TensorShape>> Shapes { get; }

    /// <summary>Free text to carry along.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The header, padded.</summary>
    public byte[] Header { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>Where each tensor lies in the file.</summary>
    public IEnumerable<WeightTensor> Tensors(string path)
    {
        long offset = LengthField + Header.Length;
        foreach ((string name, TensorShape shape) in Shapes)
        {
            yield return new WeightTensor(name, ElementType.Float32, shape, path, offset);
            offset += shape.ElementCount * sizeof(float);
        }
    }

    private byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in Metadata)
                json.WriteString(key, value);
            json.WriteEndObject();

            long offset = 0;
            foreach ((string name, TensorShape shape) in Shapes)
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
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}

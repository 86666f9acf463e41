using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace FrozenSeg.Testing;

/// <summary>Narrows the tensors of a safetensors file.</summary>
public static class HalfPrecision
{
    /// <summary>Writes a file's float32 tensors as half or bfloat16.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">The new file.</param>
    /// <param name="type"><c>F16</c> or <c>BF16</c>.</param>
    /// <returns>The new file.</returns>
    public static string Rewrite(string source, string target, string type)
    {
        byte[] file = File.ReadAllBytes(source);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(8, headerLength))!.AsObject();
        foreach ((string name, JsonNode? tensor) in header)
        {
            if (name == "__metadata__")
                continue;
            JsonArray offsets = tensor!["data_offsets"]!.AsArray();
            tensor["dtype"] = type;
            tensor["data_offsets"] = new JsonArray((long)offsets[0]! / 2, (long)offsets[1]! / 2);
        }

        ReadOnlySpan<byte> data = file.AsSpan(8 + headerLength);
        var narrowed = new byte[data.Length / 2];
        for (int i = 0; i < narrowed.Length; i += 2)
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(data[(2 * i)..]);
            ushort bits = type == "F16"
                ? BitConverter.HalfToUInt16Bits((Half)value)
                : (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
            BinaryPrimitives.WriteUInt16LittleEndian(narrowed.AsSpan(i), bits);
        }

        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        File.WriteAllBytes(target, [.. length, .. text, .. narrowed]);
        return target;
    }
}

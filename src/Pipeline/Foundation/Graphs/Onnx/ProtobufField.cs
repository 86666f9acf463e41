using System.Runtime.InteropServices;
using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>One field of a message, as it is stored; nothing is copied.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">A whole number; 0 for other kinds.</param>
/// <param name="Content">Text, bytes or a nested message; empty for other kinds.</param>
internal readonly record struct ProtobufField(int Number, long Value, ReadOnlyMemory<byte> Content)
{
    /// <summary>The content as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Content.Span);

    /// <summary>The fields of a message in their order.</summary>
    /// <param name="message">The message; of an array.</param>
    /// <exception cref="InvalidProtocolBufferException">The message is cut short, or is something else.</exception>
    public static IEnumerable<ProtobufField> Of(ReadOnlyMemory<byte> message)
    {
        if (message.IsEmpty || !MemoryMarshal.TryGetArray(message, out ArraySegment<byte> bytes))
            yield break;
        var input = new CodedInputStream(bytes.Array!, bytes.Offset, bytes.Count);
        while (input.ReadTag() is not 0 and uint tag)
        {
            int number = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    yield return new ProtobufField(number, input.ReadInt64(), default);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    // Positions count from the start of the array.
                    int start = (int)input.Position;
                    input.SkipLastField();
                    var skipped = new ArraySegment<byte>(bytes.Array!, start, (int)input.Position - start);
                    yield return new ProtobufField(number, 0, WithoutLength(skipped));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    // What was skipped begins with its own length.
    private static ReadOnlyMemory<byte> WithoutLength(ArraySegment<byte> skipped) =>
        skipped.AsMemory()[^new CodedInputStream(skipped.Array!, skipped.Offset, skipped.Count).ReadLength()..];
}

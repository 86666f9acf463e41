using System.Globalization;
using FrozenSeg.Pipeline.Foundation.Tensors;
using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>A constant: its bytes inside the model, or a range of a file beside it.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Type">Element type.</param>
/// <param name="Dimensions">Shape.</param>
/// <param name="Content">Little-endian row-major bytes, when held inside the model.</param>
/// <param name="External">Where the bytes lie otherwise.</param>
internal sealed record OnnxTensor(
    string Name,
    ElementType Type,
    IReadOnlyList<int> Dimensions,
    ReadOnlyMemory<byte> Content,
    ExternalRange? External)
{
    private const int ExternalLocation = 1;

    public void Write(CodedOutputStream output)
    {
        foreach (int dimension in Dimensions)
            output.WriteField(1, (long)dimension);
        output.WriteField(2, (long)Type);
        output.WriteField(8, Name);
        if (External is null)
        {
            output.WriteField(9, Content);
            return;
        }

        WriteEntry(output, "location", External.FileName);
        WriteEntry(output, "offset", External.Offset.ToString(CultureInfo.InvariantCulture));
        WriteEntry(output, "length", External.Length.ToString(CultureInfo.InvariantCulture));
        output.WriteField(14, ExternalLocation);
    }

    private static void WriteEntry(CodedOutputStream output, string key, string value) =>
        output.WriteMessage(13, entry =>
        {
            entry.WriteField(1, key);
            entry.WriteField(2, value);
        });
}

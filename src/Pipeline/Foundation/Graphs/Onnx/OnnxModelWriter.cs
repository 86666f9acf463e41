using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>Writes ModelProto; field numbers, here and in what it holds, are those of onnx.proto.</summary>
internal static class OnnxModelWriter
{
    private const int IrVersion = 10;
    private const int OpsetVersion = 21;
    private const int ContribOpsetVersion = 1;

    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string ContribDomain = "com.microsoft";

    public static byte[] Write(OnnxGraph graph)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteField(1, IrVersion);
            output.WriteField(2, "FrozenSeg.Functions");
            output.WriteMessage(7, graph.Write);
            WriteOpset(output, "", OpsetVersion);
            WriteOpset(output, ContribDomain, ContribOpsetVersion);
        }

        return buffer.ToArray();
    }

    private static void WriteOpset(CodedOutputStream output, string domain, int version) =>
        output.WriteMessage(8, opset =>
        {
            opset.WriteField(1, domain);
            opset.WriteField(2, (long)version);
        });
}

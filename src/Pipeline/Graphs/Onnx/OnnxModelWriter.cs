using Google.Protobuf;

namespace FrozenSeg.Pipeline.Graphs.Onnx;

/// <summary>Writes ModelProto and what it holds; field numbers are those of onnx.proto.</summary>
internal static class OnnxModelWriter
{
    private const int IrVersion = 10;
    private const int OpsetVersion = 21;
    private const int ContribOpsetVersion = 1;

    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string ContribDomain = "com.microsoft";

    public static byte[] Write(
        string graphName,
        IReadOnlyList<OnnxNode> nodes,
        IReadOnlyList<OnnxTensor> initializers,
        IReadOnlyList<GraphValue> inputs,
        IReadOnlyList<GraphValue> outputs)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteField(1, IrVersion);
            output.WriteField(2, "FrozenSeg.Functions");
            output.WriteMessage(7, graph =>
            {
                foreach (OnnxNode node in nodes)
                    graph.WriteMessage(1, node.Write);
                graph.WriteField(2, graphName);
                foreach (OnnxTensor tensor in initializers)
                    graph.WriteMessage(5, tensor.Write);
                foreach (GraphValue input in inputs)
                    graph.WriteMessage(11, message => WriteValueInfo(message, input));
                foreach (GraphValue result in outputs)
                    graph.WriteMessage(12, message => WriteValueInfo(message, result));
            });
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

    private static void WriteValueInfo(CodedOutputStream output, GraphValue value)
    {
        output.WriteField(1, value.Name);
        output.WriteMessage(2, type => type.WriteMessage(1, tensor =>
        {
            tensor.WriteField(1, (long)value.Type);
            tensor.WriteMessage(2, shape =>
            {
                foreach (Dimension dimension in value.Shape)
                    shape.WriteMessage(1, message => WriteDimension(message, dimension));
            });
        }));
    }

    private static void WriteDimension(CodedOutputStream output, Dimension dimension)
    {
        if (dimension.IsFixed)
            output.WriteField(1, (long)dimension.Value);
        else
            output.WriteField(2, dimension.Symbol!);
    }
}

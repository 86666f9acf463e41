using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>
/// A graph: the whole model's, or the body of a node, which also sees the values around it. GraphProto.
/// </summary>
internal sealed record OnnxGraph(
    string Name,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyList<OnnxTensor> Initializers,
    IReadOnlyList<GraphValue> Inputs,
    IReadOnlyList<GraphValue> Outputs)
{
    /// <summary>The same graph with values of its nodes called by other names.</summary>
    public OnnxGraph Renamed(IReadOnlyDictionary<string, string> names) =>
        this with { Nodes = [.. Nodes.Select(node => node.Renamed(names))] };

    public void Write(CodedOutputStream output)
    {
        foreach (OnnxNode node in Nodes)
            output.WriteMessage(1, node.Write);
        output.WriteField(2, Name);
        foreach (OnnxTensor tensor in Initializers)
            output.WriteMessage(5, tensor.Write);
        foreach (GraphValue input in Inputs)
            output.WriteMessage(11, message => WriteValueInfo(message, input));
        foreach (GraphValue result in Outputs)
            output.WriteMessage(12, message => WriteValueInfo(message, result));
    }

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

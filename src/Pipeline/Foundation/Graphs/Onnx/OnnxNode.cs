using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>One operation. An empty input name stands for an optional input left out.</summary>
internal sealed record OnnxNode(
    string Name,
    string Operator,
    string Domain,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>The same node with values called by other names.</summary>
    public OnnxNode Renamed(IReadOnlyDictionary<string, string> names) => this with
    {
        Inputs = [.. Inputs.Select(input => names.GetValueOrDefault(input, input))],
        Outputs = [.. Outputs.Select(output => names.GetValueOrDefault(output, output))],
        Attributes = [.. Attributes.Select(attribute => attribute.Renamed(names))],
    };

    public void Write(CodedOutputStream output)
    {
        foreach (string input in Inputs)
            output.WriteField(1, input);
        foreach (string result in Outputs)
            output.WriteField(2, result);
        output.WriteField(3, Name);
        output.WriteField(4, Operator);
        foreach (OnnxAttribute attribute in Attributes)
            output.WriteMessage(5, attribute.Write);
        if (Domain.Length > 0)
            output.WriteField(7, Domain);
    }
}

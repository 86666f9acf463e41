using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Problems;
using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>
/// What an ONNX file holds, as far as weights are concerned: its operations by what they read and make, and its
/// constants. Nothing is run, and files beside it are not read.
/// </summary>
/// <param name="FileName">The file's name.</param>
/// <param name="Producer">What wrote it, for instance <c>pytorch 2.1.0</c>; empty when it does not say.</param>
/// <param name="Inputs">What the graph is given.</param>
/// <param name="Nodes">Operations in their order, without attributes.</param>
/// <param name="Tensors">Constants by name, wherever in the graph they stand.</param>
internal sealed record OnnxFile(
    string FileName,
    string Producer,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyDictionary<string, OnnxTensor> Tensors)
{
    // Protobuf itself ends at 2 GB; an export whose constants lie inside it is far smaller.
    private const long MaxLength = 1L << 30;

    // Fields of ModelProto, GraphProto, NodeProto, AttributeProto and TensorProto.
    private const int ModelProducer = 2, ModelProducerVersion = 3, ModelGraph = 7;
    private const int GraphNode = 1, GraphInitializer = 5, GraphInput = 11;
    private const int NodeInput = 1, NodeOutput = 2, NodeName = 3, NodeOperator = 4, NodeAttribute = 5, NodeDomain = 7;
    private const int AttributeTensor = 5, ValueName = 1;
    private const int TensorDimensions =
        1, TensorType = 2, TensorFloats = 4, TensorName = 8, TensorRaw = 9, TensorExternal = 13;

    /// <summary>Reads a file.</summary>
    /// <exception cref="SegmentationProblemException">It is not ONNX, is damaged, or keeps its constants
    /// elsewhere.</exception>
    public static OnnxFile Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            if (new FileInfo(path).Length > MaxLength)
                throw Problem(name, "it is larger than an ONNX file can be");
            ProtobufField[] model = [.. ProtobufField.Of(File.ReadAllBytes(path))];
            ProtobufField graph = model.LastOrDefault(field => field.Number == ModelGraph);
            if (graph.Content.IsEmpty)
                throw Problem(name, "it is not an ONNX model: it holds no graph");
            string producer = string.Join(
                ' ', model.Where(field => field.Number is ModelProducer or ModelProducerVersion)
                    .Select(field => field.Text));
            return ReadGraph(name, producer, graph.Content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SegmentationProblem.InvalidModel(
                name,
                $"it cannot be read as ONNX ({failure.Message.ReplaceLineEndings(" ")})",
                "Give the file whole",
                failure);
        }
    }

    private static OnnxFile ReadGraph(string file, string producer, ReadOnlyMemory<byte> graph)
    {
        var nodes = new List<OnnxNode>();
        var inputs = new List<string>();
        var tensors = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        foreach (ProtobufField field in ProtobufField.Of(graph))
        {
            switch (field.Number)
            {
                case GraphNode:
                    (OnnxNode node, ReadOnlyMemory<byte> constant) = ReadNode(field.Content);
                    nodes.Add(node);
                    if (node is { Operator: "Constant", Outputs: [string output] } && !constant.IsEmpty)
                        tensors[output] = ReadTensor(file, constant) with { Name = output };
                    break;
                case GraphInitializer:
                    OnnxTensor tensor = ReadTensor(file, field.Content);
                    tensors[tensor.Name] = tensor;
                    break;
                case GraphInput:
                    inputs.Add(ProtobufField.Of(field.Content).FirstOrDefault(part => part.Number == ValueName).Text);
                    break;
            }
        }

        return new OnnxFile(file, producer, inputs, nodes, tensors);
    }

    private static (OnnxNode Node, ReadOnlyMemory<byte> Constant) ReadNode(ReadOnlyMemory<byte> message)
    {
        ILookup<int, ProtobufField> fields = ProtobufField.Of(message).ToLookup(field => field.Number);
        ReadOnlyMemory<byte> constant = fields[NodeAttribute]
            .SelectMany(attribute => ProtobufField.Of(attribute.Content))
                .FirstOrDefault(part => part.Number == AttributeTensor).Content;
        return (
            new OnnxNode(Text(NodeName), Text(NodeOperator), Text(NodeDomain), All(NodeInput), All(NodeOutput), []),
            constant);

        string Text(int number) => fields[number].LastOrDefault().Text;
        string[] All(int number) => [.. fields[number].Select(field => field.Text)];
    }

    private static OnnxTensor ReadTensor(string file, ReadOnlyMemory<byte> message)
    {
        ILookup<int, ProtobufField> fields = ProtobufField.Of(message).ToLookup(field => field.Number);
        string name = fields[TensorName].LastOrDefault().Text;
        if (fields.Contains(TensorExternal))
            throw Problem(file, $"its constant '{name}' lies in a file beside it");
        long[] dimensions = [.. fields[TensorDimensions].SelectMany(Integers)];
        if (dimensions.Any(dimension => dimension is < 0 or > int.MaxValue))
            throw Problem(file, $"the sizes of its constant '{name}' make no sense");
        ReadOnlyMemory<byte> content = fields[TensorRaw].LastOrDefault().Content;
        if (content.IsEmpty)
            content = fields[TensorFloats].LastOrDefault().Content;
        return new OnnxTensor(
            name, (ElementType)fields[TensorType]
                .LastOrDefault().Value, Array.ConvertAll(dimensions, size => (int)size), content, null);
    }

    // Repeated numbers are stored one by one, or packed.
    private static IEnumerable<long> Integers(ProtobufField field)
    {
        if (field.Content.IsEmpty)
            return [field.Value];
        MemoryMarshal.TryGetArray(field.Content, out ArraySegment<byte> bytes);
        var packed = new CodedInputStream(bytes.Array!, bytes.Offset, bytes.Count);
        var numbers = new List<long>();
        while (!packed.IsAtEnd)
            numbers.Add(packed.ReadInt64());
        return numbers;
    }

    private static SegmentationProblemException Problem(string file, string found) =>
        SegmentationProblem.InvalidModel(file, found, "Give an export whose constants lie inside the file");
}

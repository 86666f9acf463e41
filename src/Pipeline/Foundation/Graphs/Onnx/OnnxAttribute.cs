using Google.Protobuf;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>One attribute of a node: an int, a float, a string, a list of ints, or a graph.</summary>
internal sealed class OnnxAttribute
{
    private const int NameField = 1, FloatField = 2, IntField = 3, StringField = 4, GraphField = 6, IntsField = 8;
    private const int TypeField = 20;

    private readonly string _name;
    private readonly object _value;

    private OnnxAttribute(string name, object value)
    {
        _name = name;
        _value = value;
    }

    public static OnnxAttribute Int(string name, long value) => new(name, value);

    public static OnnxAttribute Ints(string name, params ReadOnlySpan<int> values) =>
        new(name, Array.ConvertAll(values.ToArray(), value => (long)value));

    public static OnnxAttribute Float(string name, float value) => new(name, value);

    public static OnnxAttribute String(string name, string value) => new(name, value);

    public static OnnxAttribute Graph(string name, OnnxGraph value) => new(name, value);

    /// <summary>The same attribute with the values of a graph called by other names.</summary>
    public OnnxAttribute Renamed(IReadOnlyDictionary<string, string> names) =>
        _value is OnnxGraph graph ? new OnnxAttribute(_name, graph.Renamed(names)) : this;

    public void Write(CodedOutputStream output)
    {
        output.WriteField(NameField, _name);
        switch (_value)
        {
            case long value:
                output.WriteField(IntField, value);
                break;
            case float value:
                output.WriteField(FloatField, value);
                break;
            case string value:
                output.WriteField(StringField, value);
                break;
            case OnnxGraph value:
                output.WriteMessage(GraphField, value.Write);
                break;
            case long[] values:
                foreach (long value in values)
                    output.WriteField(IntsField, value);
                break;
        }

        output.WriteField(TypeField, (long)AttributeType);
    }

    // AttributeProto.AttributeType
    private int AttributeType => _value switch { float => 1, long => 2, string => 3, OnnxGraph => 5, _ => 7 };
}

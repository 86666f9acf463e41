using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Exports;

/// <summary>Finds the weights of one exported file by the modules that its operations stand for.</summary>
internal static class ExportedWeights
{
    // What the exporter calls a tensor that it has made out of others.
    private const string MadeUp = "onnx::";

    // Batch norm adds this to the variance; a folded one is written with the variance that makes their sum 1.
    private const float BatchNormEpsilon = 1e-5f;

    /// <summary>Every weight by the official name below the exported module.</summary>
    /// <exception cref="SegmentationProblemException">A constant is not a float, or has not as many as its shape
    /// says.</exception>
    public static Dictionary<string, ExportedTensor> Read(OnnxFile file)
    {
        var weights = new Dictionary<string, ExportedTensor>(StringComparer.Ordinal);
        foreach (OnnxTensor tensor in file.Tensors.Values.Where(tensor => IsNamed(tensor.Name)))
            weights[tensor.Name] = AsStored(file, tensor);
        var scaled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (OnnxNode node in file.Nodes.Where(node => node is { Inputs.Count: >= 2, Outputs.Count: 1 }))
            Read(file, node, weights, scaled);
        return weights;
    }

    private static void Read(
        OnnxFile file, OnnxNode node, Dictionary<string, ExportedTensor> weights, Dictionary<string, string> scaled)
    {
        string module = ModuleOf(node.Outputs[0]);
        switch (node.Operator)
        {
            case "Conv" when Constant(file, node.Inputs[1], rank: 4) is OnnxTensor kernel
                && !IsNamed(kernel.Name)
                && node.Inputs.Count == 3:
                FoldedConvolution(file, ParentOf(module), kernel, file.Tensors[node.Inputs[2]], weights);
                break;
            case "MatMul" when Constant(file, node.Inputs[1], rank: 2) is OnnxTensor matrix && !IsNamed(matrix.Name):
                weights[$"{module}.weight"] = Transposed(file, matrix);
                break;
            case "Mul" when Either(file, node) is { Dimensions: [_, 1, 1] } scale:
                weights[$"{module}.weight"] = Flat(file, scale);
                scaled[node.Outputs[0]] = module;
                break;
            case "Mul" when Either(file, node) is { Dimensions: [1, _, 1, 1] } embedding:
                weights["no_mask_embed.weight"] = Row(file, embedding, 0, 1);
                break;
            case "Add" when Either(file, node) is { Dimensions: [_, 1, 1] } shift
                && node.Inputs.FirstOrDefault(scaled.ContainsKey) is string value:
                weights[$"{scaled[value]}.bias"] = Flat(file, shift);
                break;
            case "Add" when Either(file, node) is { Dimensions: [_, int rows, int columns] } biases
                && rows == columns
                && rows > 1:
                weights[$"{module}.attention_biases"] = FirstRows(file, biases);
                break;
            case "Expand" when file.Tensors.GetValueOrDefault(node.Inputs[0]) is { Dimensions: [1, > 1, _] } tokens:
                weights["iou_token.weight"] = Row(file, tokens, 0, 1);
                weights["mask_tokens.weight"] = Row(file, tokens, 1, tokens.Dimensions[1] - 1);
                break;
        }
    }

    // A convolution that has taken its batch norm in: the norm that is left does nothing but add the bias.
    private static void FoldedConvolution(
        OnnxFile file, string module, OnnxTensor kernel, OnnxTensor bias, Dictionary<string, ExportedTensor> weights)
    {
        ExportedTensor shift = AsStored(file, bias);
        weights[$"{module}.c.weight"] = AsStored(file, kernel);
        weights[$"{module}.bn.bias"] = shift;
        weights[$"{module}.bn.weight"] = Constant(shift.Shape, 1);
        weights[$"{module}.bn.running_mean"] = Constant(shift.Shape, 0);
        weights[$"{module}.bn.running_var"] = Constant(shift.Shape, 1 - BatchNormEpsilon);
    }

    private static ExportedTensor Constant(TensorShape shape, float value) =>
        new(shape, () => [.. Enumerable.Repeat(value, (int)shape.ElementCount)]);

    private static ExportedTensor AsStored(OnnxFile file, OnnxTensor tensor) =>
        new(new TensorShape([.. tensor.Dimensions]), () => Floats(file, tensor));

    private static ExportedTensor Flat(OnnxFile file, OnnxTensor tensor) =>
        new(new TensorShape(tensor.Dimensions[0]), () => Floats(file, tensor));

    private static ExportedTensor Transposed(OnnxFile file, OnnxTensor matrix)
    {
        int rows = matrix.Dimensions[0], columns = matrix.Dimensions[1];
        return new ExportedTensor(new TensorShape(columns, rows), () =>
        {
            float[] stored = Floats(file, matrix), turned = new float[stored.Length];
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                    turned[(column * rows) + row] = stored[(row * columns) + column];
            }

            return turned;
        });
    }

    private static ExportedTensor Row(OnnxFile file, OnnxTensor tensor, int first, int count)
    {
        int width = tensor.Dimensions.Count == 4 ? tensor.Dimensions[1] : tensor.Dimensions[^1];
        return new ExportedTensor(
            new TensorShape(count, width), () => Floats(file, tensor)[(first * width)..((first + count) * width)]);
    }

    // One bias for every distance of two places, spread over all pairs; from the first place every distance occurs
    // once.
    private static ExportedTensor FirstRows(OnnxFile file, OnnxTensor biases)
    {
        int heads = biases.Dimensions[0], places = biases.Dimensions[1];
        return new ExportedTensor(new TensorShape(heads, places), () =>
        {
            float[] stored = Floats(file, biases);
            return [.. Enumerable.Range(0, heads).SelectMany(head => stored.Skip(head * places * places).Take(places))];
        });
    }

    private static float[] Floats(OnnxFile file, OnnxTensor tensor)
    {
        bool isWhole = tensor.Type.IsFloat() && tensor.Content.Length == tensor.Dimensions.Aggregate(
            (long)tensor.Type.Size(), (size, dimension) => size * dimension);
        return isWhole
            ? WeightConversion.ToFloat32(tensor.Content.Span, tensor.Type)!
            : throw SegmentationProblem.InvalidModel(
                file.FileName,
                $"its constant '{tensor.Name}' is cut short or holds no floats",
                "Export the network again");
    }

    private static OnnxTensor? Constant(OnnxFile file, string name, int rank) =>
        file.Tensors.TryGetValue(name, out OnnxTensor? tensor) && tensor.Dimensions.Count == rank ? tensor : null;

    private static OnnxTensor? Either(OnnxFile file, OnnxNode node) =>
        file.Tensors.GetValueOrDefault(node.Inputs[0]) ?? file.Tensors.GetValueOrDefault(node.Inputs[1]);

    // The exporter's own names begin with a mark or a slash; a module's tensors keep theirs.
    private static bool IsNamed(string name) =>
        !name.StartsWith(MadeUp, StringComparison.Ordinal) && !name.StartsWith('/');

    private static string ParentOf(string module) => module.LastIndexOf('.') is >= 0 and int dot ? module[..dot] : "";

    /// <summary>
    /// The module that makes a value: <c>/patch_embed/seq/seq.0/c/Conv_output_0</c> is made by
    /// <c>patch_embed.seq.0.c</c>: a part of a list or a sequence repeats what it is part of.
    /// </summary>
    internal static string ModuleOf(string value)
    {
        string[] steps = value.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('.', steps.SkipLast(1).Where((step, i) =>
            i + 1 >= steps.Length - 1 || !steps[i + 1].StartsWith(step + ".", StringComparison.Ordinal)));
    }
}

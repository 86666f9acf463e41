using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Exports;

/// <summary>
/// The weights of a MobileSAM that was exported to ONNX in two files, image encoder and mask decoder, under their
/// official names. The exporter keeps the names of most tensors; where it folds or transposes one, the path of the
/// module is in the name of what the operation makes: <c>/layers.1/blocks.0/attn/qkv/MatMul_output_0</c>.
/// </summary>
internal static class SamExport
{
    private const string EncoderPrefix = "image_encoder.", DecoderPrefix = "mask_decoder.", ExportedModel = "model.";

    // What of the decoder's file belongs to the prompt encoder.
    private static readonly string[] PromptParts = ["mask_downscaling.", "no_mask_embed."];

    /// <summary>Whether a file is the encoder of an export: it is given a picture, and makes its embedding.</summary>
    public static bool IsEncoder(OnnxFile file) => file.Tensors.ContainsKey("neck.0.weight");

    /// <summary>Whether a file is the decoder of an export.</summary>
    public static bool IsDecoder(OnnxFile file) =>
        file.Inputs.Contains("image_embeddings") && file.Inputs.Contains("point_coords");

    /// <summary>Writes the weights of an export as safetensors.</summary>
    /// <param name="first">One of its files.</param>
    /// <param name="second">The other.</param>
    /// <param name="path">The file to make.</param>
    /// <param name="name">What results call the model.</param>
    /// <exception cref="SegmentationProblemException">The files are something else, or tensors are missing.</exception>
    public static void WriteSafetensors(string first, string second, string path, string name)
    {
        OnnxFile[] files = [OnnxFile.Read(first), OnnxFile.Read(second)];
        OnnxFile encoder = files.FirstOrDefault(IsEncoder) ?? throw NotOne(files[0], "the image encoder");
        OnnxFile decoder = files.FirstOrDefault(IsDecoder) ?? throw NotOne(files[1], "the mask decoder");
        var tensors = new SortedDictionary<string, ExportedTensor>(StringComparer.Ordinal);
        foreach ((string key, ExportedTensor tensor) in ExportedWeights.Read(encoder))
            tensors[EncoderPrefix + key] = tensor;
        foreach ((string key, ExportedTensor tensor) in ExportedWeights.Read(decoder))
            tensors[DecoderName(key)] = tensor;

        SamConfiguration configuration = SamConfigurations.VitT;
        IReadOnlyDictionary<string, TensorShape> needed = SamGraphs.Requirements(configuration);
        KeyValuePair<string, TensorShape>? wrong = needed.Cast<KeyValuePair<string, TensorShape>?>().FirstOrDefault(
            entry => !tensors.TryGetValue(entry!.Value.Key, out ExportedTensor? tensor)
                || tensor.Shape != entry.Value.Value);
        if (wrong is { Key: var missing, Value: var shape })
        {
            string found = tensors.TryGetValue(missing, out ExportedTensor? other)
                ? $"has the shape {other.Shape} instead of {shape}"
                : "is missing";
            throw SegmentationProblem.InvalidModel(
                encoder.FileName,
                $"it is not an export of MobileSAM: {missing} {found}",
                "Give the weights as safetensors or as PyTorch saved them");
        }

        SafetensorsWriter.Write(
            path,
            [.. tensors.Where(tensor => needed.ContainsKey(tensor.Key)).Select(
                tensor => KeyValuePair.Create(tensor.Key, tensor.Value.Shape))],
            new Dictionary<string, string>
            {
                ["name"] = name,
                ["source"] = $"ONNX export, {encoder.Producer} and {decoder.Producer}",
            },
            (key, _) => tensors[key].Read());
    }

    /// <summary>What is to be said of an ONNX file where weights are wanted.</summary>
    public static SegmentationProblemException Refusal(string path)
    {
        OnnxFile file = OnnxFile.Read(path);
        return IsEncoder(file) || IsDecoder(file)
            ? SegmentationProblem.InvalidModel(
                file.FileName,
                $"it is the {(IsEncoder(file) ? "image encoder" : "mask decoder")} of a SAM exported to ONNX, one of "
                    + $"two files",
                "Import both: frozenseg models import ENCODER.onnx DECODER.onnx --name NAME")
            : NotOne(file, "a part of a SAM");
    }

    private static string DecoderName(string key) =>
        key.StartsWith(ExportedModel, StringComparison.Ordinal) ? key[ExportedModel.Length..]
        : PromptParts.Any(part => key.StartsWith(part, StringComparison.Ordinal)) ? "prompt_encoder." + key
        : key.StartsWith(DecoderPrefix, StringComparison.Ordinal) ? key
        : DecoderPrefix + key;

    private static SegmentationProblemException NotOne(OnnxFile file, string part) => SegmentationProblem.InvalidModel(
        file.FileName,
        $"it is an ONNX graph of {file.Nodes.Count:N0} "
            + $"operations{(file.Producer.Length > 0 ? $" written by {file.Producer}" : "")}, not {part} of a "
            + $"MobileSAM export",
        "Give the weights as safetensors or as PyTorch saved them");
}

using FrozenSeg.Pipeline.Families.Sam.Exports;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Models;

/// <summary>Makes weights out of networks that were exported to ONNX.</summary>
internal static class OnnxImport
{
    /// <summary>Says what an ONNX file is, and what would be needed beside it; does nothing for another file.</summary>
    /// <exception cref="SegmentationProblemException">It is an ONNX file.</exception>
    public static void ThrowIfExport(string path)
    {
        var start = new byte[16];
        if (!File.Exists(path))
            return;
        using FileStream file = File.OpenRead(path);
        if (FileContents.IsOnnx(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false))))
            throw SamExport.Refusal(path);
    }

    /// <summary>Writes a MobileSAM that was exported in two files as safetensors, under its official names.</summary>
    /// <param name="first">Image encoder or mask decoder.</param>
    /// <param name="second">The other.</param>
    /// <param name="path">The file to make.</param>
    /// <param name="name">What results call the model.</param>
    /// <exception cref="SegmentationProblemException">The files are something else.</exception>
    public static void Write(string first, string second, string path, string name) =>
        SamExport.WriteSafetensors(first, second, path, name);
}

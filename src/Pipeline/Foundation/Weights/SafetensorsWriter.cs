using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Writes float32 tensors as a safetensors file, one after the other, without holding them all.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="shapes">Name and shape of every tensor, in file order.</param>
    /// <param name="metadata">Free text to carry along.</param>
    /// <param name="elements">Gives the elements of a tensor when its turn comes.</param>
    public static void Write(
        string path,
        IReadOnlyList<KeyValuePair<string, TensorShape>> shapes,
        IReadOnlyDictionary<string, string> metadata,
        Func<string, TensorShape, float[]> elements) => Write(path, new SafetensorsLayout(shapes, metadata), elements);

    /// <inheritdoc cref="Write(string, IReadOnlyList{KeyValuePair{string, TensorShape}}, IReadOnlyDictionary{string, string}, Func{string, TensorShape, float[]})"/>
    /// <param name="path">The file to make.</param>
    /// <param name="layout">What it holds.</param>
    /// <param name="elements">Gives the elements of a tensor when its turn comes.</param>
    public static void Write(string path, SafetensorsLayout layout, Func<string, TensorShape, float[]> elements)
    {
        AtomicFile.Write(path, file =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)layout.Header.Length);
            file.Write(length);
            file.Write(layout.Header);
            foreach ((string name, TensorShape shape) in layout.Shapes)
                file.Write(MemoryMarshal.AsBytes<float>(elements(name, shape)));
        });
    }
}

using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Testing;

/// <summary>
/// Writes PyTorch checkpoints in the form of <c>torch.save</c>, unaligned, and archives around any pickle.
/// </summary>
public static class TorchFile
{
    /// <summary>Writes an archive whose <c>data.pkl</c> is <paramref name="pickle"/>.</summary>
    public static string WriteArchive(string path, byte[] pickle, params IEnumerable<byte[]> storages)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add("archive/data.pkl", pickle);
        foreach ((int i, byte[] storage) in storages.Index())
            Add($"archive/data/{i}", storage);
        return path;

        void Add(string name, byte[] content)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
            using Stream stream = entry.Open();
            stream.Write(content);
        }
    }

    /// <summary>Writes every float tensor of a weight file as a checkpoint.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="weights">The tensors.</param>
    /// <param name="complex">Tensors of complex numbers beside them, all zero.</param>
    internal static string Write(
        string path, WeightFile weights, params IEnumerable<(string Name, int[] Shape)> complex)
    {
        var pickle = new MemoryStream();
        var storages = new List<byte[]>();
        pickle.Write([0x80, 2, (byte)'}', (byte)'(']);
        foreach (string name in weights.Names)
        {
            Text(pickle, name);
            Tensor(pickle, storages.Count, weights.Find(name)!.Shape.ToArray());
            storages.Add(MemoryMarshal.AsBytes(weights.ReadFloats(name).AsSpan()).ToArray());
        }

        foreach ((string name, int[] shape) in complex)
        {
            Text(pickle, name);
            Tensor(pickle, storages.Count, shape, "ComplexFloatStorage");
            storages.Add(new byte[2 * sizeof(float) * shape.Aggregate(1, (count, size) => count * size)]);
        }

        pickle.Write("u."u8);
        return WriteArchive(path, pickle.ToArray(), storages);
    }

    // _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)
    private static void Tensor(MemoryStream pickle, int storage, int[] shape, string storageType = "FloatStorage")
    {
        long count = 1;
        long[] strides = new long[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = count;
            count *= shape[axis];
        }

        pickle.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
        Text(pickle, "storage");
        pickle.Write(Encoding.ASCII.GetBytes($"ctorch\n{storageType}\n"));
        Text(pickle, $"{storage}");
        Text(pickle, "cpu");
        Integer(pickle, count);
        pickle.Write("tQ"u8);
        Integer(pickle, 0);
        Tuple(pickle, Array.ConvertAll(shape, size => (long)size));
        Tuple(pickle, strides);
        pickle.Write([0x89, (byte)'N', (byte)'t', (byte)'R']);
    }

    private static void Tuple(MemoryStream pickle, long[] values)
    {
        pickle.Write("("u8);
        foreach (long value in values)
            Integer(pickle, value);
        pickle.Write("t"u8);
    }

    private static void Integer(MemoryStream pickle, long value)
    {
        pickle.WriteByte((byte)'J');
        pickle.Write(BitConverter.GetBytes(checked((int)value)));
    }

    private static void Text(MemoryStream pickle, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        pickle.WriteByte((byte)'X');
        pickle.Write(BitConverter.GetBytes(bytes.Length));
        pickle.Write(bytes);
    }
}

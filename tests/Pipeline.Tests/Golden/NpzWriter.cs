using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace FrozenSeg.Pipeline.Tests.Golden;

/// <summary>Writes a NumPy archive: the arrays of a generated case.</summary>
internal sealed class NpzWriter(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.Open(path, ZipArchiveMode.Create);

    public NpzWriter Add(string name, float[] values, params int[] shape) =>
        Add(name, "<f4", MemoryMarshal.AsBytes(values.AsSpan()), shape);

    public NpzWriter Add(string name, long[] values, params int[] shape) =>
        Add(name, "<i8", MemoryMarshal.AsBytes(values.AsSpan()), shape);

    public NpzWriter Add(string name, double[] values) =>
        Add(name, "<f8", MemoryMarshal.AsBytes(values.AsSpan()), [values.Length]);

    public void Dispose() => _archive.Dispose();

    private NpzWriter Add(string name, string type, ReadOnlySpan<byte> data, int[] shape)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}\n";
        using Stream stream = _archive.CreateEntry($"{name}.npy").Open();
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        stream.Write(BitConverter.GetBytes((ushort)header.Length));
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(data);
        return this;
    }
}

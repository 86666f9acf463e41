using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>
/// Writes the floats of a checkpoint as safetensors, float32, for tensors that are compressed, transposed or unaligned in it.
/// Done once for a file: the copy is named after the file's path, size and time.
/// </summary>
internal static class TorchConversion
{
    /// <summary>The copy of <paramref name="checkpoint"/> in <paramref name="folder"/>, made if it is not there.</summary>
    public static string ToSafetensors(TorchCheckpoint checkpoint, string folder)
    {
        string copy = Path.Combine(folder, Key(checkpoint.Path) + ".safetensors");
        if (File.Exists(copy))
            return copy;
        Dictionary<string, TorchTensor> floats = checkpoint.Tensors
            .Where(tensor => tensor.Value.Storage.Type.IsFloat()).ToDictionary(tensor => tensor.Key, tensor => tensor.Value);
        using FileStream file = File.OpenRead(checkpoint.Path);
        SafetensorsWriter.Write(
            copy,
            [.. floats.Select(tensor => KeyValuePair.Create(tensor.Key, tensor.Value.Shape))],
            new Dictionary<string, string> { ["source"] = Path.GetFileName(checkpoint.Path) },
            (name, _) => Elements(file, checkpoint.Storages[floats[name].Storage.Key], floats[name]));
        return copy;
    }

    private static string Key(string path)
    {
        var file = new FileInfo(path);
        string text = string.Create(CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static float[] Elements(FileStream file, StoredRun run, TorchTensor tensor)
    {
        int count = checked((int)tensor.Shape.ElementCount);
        if (count == 0)
            return [];
        int size = tensor.Storage.Type.Size();
        long last = Enumerable.Range(0, tensor.Shape.Rank).Sum(axis => (tensor.Shape[axis] - 1) * tensor.Strides[axis]);
        var bytes = new byte[checked((last + 1) * size)];
        Read(file, run, tensor.Offset * size, bytes);
        float[] stored = WeightConversion.ToFloat32(bytes, tensor.Storage.Type)!;
        var elements = new float[count];
        for (int i = 0; i < count; i++)
            elements[i] = stored[Place(i, tensor)];
        return elements;
    }

    // Where element i of the row-major order lies in the storage.
    private static long Place(int i, TorchTensor tensor)
    {
        long place = 0;
        for (int axis = tensor.Shape.Rank - 1; axis >= 0; axis--)
        {
            (i, int index) = Math.DivRem(i, tensor.Shape[axis]);
            place += index * tensor.Strides[axis];
        }

        return place;
    }

    private static void Read(FileStream file, StoredRun run, long offset, byte[] bytes)
    {
        if (run.Offset is long start)
        {
            file.Position = start + offset;
            file.ReadExactly(bytes);
            return;
        }

        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        using Stream stream = archive.GetEntry(run.Entry)!.Open();
        var passed = new byte[Math.Min(offset, 1 << 16)];
        for (long left = offset; left > 0; left -= passed.Length)
            stream.ReadExactly(passed.AsSpan(0, (int)Math.Min(left, passed.Length)));
        stream.ReadExactly(bytes);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>
/// The floats of a checkpoint as safetensors, float32, for tensors that are compressed, transposed or unaligned in it.
/// Written once for a file, when somebody wants an element of it and not before: by then the network has been
/// recognised. The copy is named after the file's path, size and time.
/// </summary>
internal sealed class TorchConversion
{
    // Half floats double, and tied tensors are written each for itself.
    private const long MostGrowth = 4, GrowthOfAny = 1 << 20;

    private readonly TorchCheckpoint _checkpoint;
    private readonly Dictionary<string, TorchTensor> _floats;
    private readonly SafetensorsLayout _layout;

    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="folder">Where copies are kept.</param>
    /// <exception cref="SegmentationProblemException">The copy would be far larger than what is there to
    /// copy.</exception>
    public TorchConversion(TorchCheckpoint checkpoint, string folder)
    {
        _checkpoint = checkpoint;
        _floats = checkpoint.Tensors.Where(tensor => tensor.Value.Storage.Type.IsFloat())
            .GroupBy(tensor => tensor.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        CheckGrowth();
        Path = System.IO.Path.Combine(folder, Key(checkpoint.Path) + ".safetensors");
        _layout = new SafetensorsLayout(
            [.. _floats.Select(tensor => KeyValuePair.Create(tensor.Key, tensor.Value.Shape))],
            new Dictionary<string, string> { ["source"] = System.IO.Path.GetFileName(checkpoint.Path) });
    }

    /// <summary>The copy, whether it has been made or not.</summary>
    public string Path { get; }

    /// <summary>What the copy carries besides tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _layout.Metadata;

    /// <summary>The tensors, where they lie in the copy once it is made.</summary>
    public IEnumerable<WeightTensor> Tensors => _layout.Tensors(Path).Select(tensor => tensor with { Prepare = Make });

    /// <summary>Makes the copy in a folder, if it is not there.</summary>
    public static string ToSafetensors(TorchCheckpoint checkpoint, string folder)
    {
        var conversion = new TorchConversion(checkpoint, folder);
        conversion.Make();
        return conversion.Path;
    }

    /// <summary>Makes the copy, if it is not there whole.</summary>
    public void Make()
    {
        if (new FileInfo(Path) is { Exists: true } copy && copy.Length == _layout.Length)
            return;
        using FileStream file = File.OpenRead(_checkpoint.Path);
        SafetensorsWriter.Write(
            Path, _layout, (name, _) => Elements(file, _checkpoint.Storages[_floats[name].Storage.Key], _floats[name]));
    }

    private void CheckGrowth()
    {
        Int128 written = 0, there = new FileInfo(_checkpoint.Path).Length;
        foreach (StoredRun run in _checkpoint.Storages.Values.Where(run => run.IsPacked))
            there += run.Length;
        foreach (TorchTensor tensor in _floats.Values)
            written += (Int128)tensor.Shape.ElementCount * sizeof(float);
        if (written > (there * MostGrowth) + GrowthOfAny)
        {
            throw SegmentationProblem.InvalidModel(
                System.IO.Path.GetFileName(_checkpoint.Path),
                $"its tensors have {written:N0} bytes, and there are {there:N0} to make them of",
                "Give a file of weights alone, saved by torch.save or as safetensors");
        }
    }

    private static string Key(string path)
    {
        var file = new FileInfo(path);
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
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
        StoredBytes.Read(file, run.Offset, run.IsPacked, tensor.Offset * size, bytes);
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
}

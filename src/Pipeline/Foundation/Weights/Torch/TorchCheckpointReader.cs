using System.Buffers.Binary;
using System.Numerics;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>
/// Reads PyTorch checkpoints, <c>.pth</c>, <c>.pt</c> and <c>.bin</c>: the zip form of PyTorch 1.6 and later,
/// TorchScript archives, and the pickles before. Nothing in them is executed.
/// </summary>
internal static class TorchCheckpointReader
{
    private const string PickleName = "data.pkl";
    private const long LegacyVersion = 1001;

    // Weights hardly shrink when they are packed: what would grow far beyond its file is none.
    private const long MostGrowth = 16, GrowthOfAny = 16L << 20;

    private static readonly BigInteger LegacyMagic = BigInteger.Parse(
        "119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a file begins as a checkpoint does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x03\x04"u8) || start is [0x80, >= 2 and <= 5, ..];

    /// <summary>Reads what the checkpoint at <paramref name="path"/> holds.</summary>
    /// <exception cref="SegmentationProblemException">It is damaged, cut short, or holds something else than tensors,
    /// containers, numbers and text.</exception>
    public static TorchCheckpoint Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            TorchCheckpoint checkpoint = file.ReadByte() == 'P' ? ReadArchive(file, path) : ReadLegacy(file, path);
            CheckStorages(checkpoint);
            return checkpoint;
        }
        catch (Exception failure) when (failure is PickleException or InvalidDataException)
        {
            throw SegmentationProblem.InvalidModel(
                Path.GetFileName(path),
                $"the checkpoint cannot be used: {failure.Message}",
                "Give a file of weights alone, saved by torch.save or as safetensors", failure);
        }
    }

    private static TorchCheckpoint ReadArchive(FileStream file, string path)
    {
        IReadOnlyList<ZipEntry> entries = ZipDirectory.Read(file);
        ZipEntry pickle = entries.FirstOrDefault(entry => IsAt(entry.Name, PickleName))
            ?? throw new PickleException($"it is an archive without {PickleName}");
        string folder = pickle.Name[..^PickleName.Length];
        if (entries.FirstOrDefault(entry => entry.Name == folder + "byteorder") is ZipEntry order
            && System.Text.Encoding.ASCII.GetString(ReadEntry(file, order)).Trim() != "little")
        {
            throw new PickleException("its numbers are stored with the highest byte first");
        }

        var budget = new PickleBudget();
        object? root = PickleMachine.Read(new PickleInput(ReadEntry(file, pickle)), new TorchObjects(budget), budget);
        string data = folder + "data/";
        var storages = new Dictionary<string, StoredRun>(StringComparer.Ordinal);
        foreach (ZipEntry entry in entries.Where(entry => entry.Name.StartsWith(data, StringComparison.Ordinal)))
            storages[entry.Name[data.Length..]] = new StoredRun(entry.Offset, entry.Length, !entry.IsStored);
        Int128 unpacked = 0;
        foreach (StoredRun run in storages.Values.Where(run => run.IsPacked))
            unpacked += run.Length;
        if (unpacked > (Int128)file.Length * MostGrowth + GrowthOfAny)
            throw new PickleException($"its {file.Length:N0} bytes would become {unpacked:N0}");
        return new TorchCheckpoint(path, StateDictionary.Find(root, budget), storages);
    }

    // NAME/data.pkl, one folder deep.
    private static bool IsAt(string name, string file) =>
        name == file
            || (name.EndsWith("/" + file, StringComparison.Ordinal) && name.Count(letter => letter == '/') == 1);

    private static byte[] ReadEntry(FileStream file, ZipEntry entry)
    {
        if (entry.Length > PickleBudget.MaxPickleLength)
            throw new PickleException($"'{entry.Name}' in it is impossibly long");
        var bytes = new byte[entry.Length];
        StoredBytes.Read(file, entry.Offset, !entry.IsStored, skip: 0, bytes);
        return bytes;
    }

    // The pickles come before the elements and are small; there is no saying how small.
    private static TorchCheckpoint ReadLegacy(FileStream file, string path)
    {
        const int FirstTry = 1 << 20, Growth = 8;
        for (long length = FirstTry; ; length *= Growth)
        {
            var head = new byte[Math.Min(file.Length, Math.Min(length, PickleBudget.MaxPickleLength))];
            file.Position = 0;
            file.ReadExactly(head);
            try
            {
                return ReadLegacy(file, head, path);
            }
            catch (PickleCutShortException) when (head.Length < file.Length && length < PickleBudget.MaxPickleLength)
            {
                continue;
            }
        }
    }

    // Four pickles — a magic number, a version, sizes of C types, the weights — then the keys of the storages, then for
    // each its count and its elements.
    private static TorchCheckpoint ReadLegacy(FileStream file, byte[] head, string path)
    {
        var input = new PickleInput(head);
        var budget = new PickleBudget();
        var objects = new TorchObjects(budget);
        if (PickleMachine.Read(input, objects, budget) is not BigInteger magic || magic != LegacyMagic)
            throw new PickleException("it is a pickle, but none that torch.save wrote");
        if (PickleMachine.Read(input, objects, budget) is not LegacyVersion)
            throw new PickleException("it is of an unknown version");
        CheckByteOrder(PickleMachine.Read(input, objects, budget));
        IReadOnlyList<KeyValuePair<string, TorchTensor>> tensors = StateDictionary.Find(
            PickleMachine.Read(input, objects, budget), budget);
        if (PickleMachine.Read(input, objects, budget) is not List<object?> keys || keys.Any(key => key is not string))
            throw new PickleException("it does not list its storages");
        return new TorchCheckpoint(
            path, tensors, FindRuns(file, input.Position, keys.Cast<string>(), objects.Storages));
    }

    private static Dictionary<string, StoredRun> FindRuns(
        FileStream file, long at, IEnumerable<string> keys, IReadOnlyDictionary<string, TorchStorage> known)
    {
        var storages = new Dictionary<string, StoredRun>(StringComparer.Ordinal);
        Span<byte> field = stackalloc byte[sizeof(long)];
        foreach (string key in keys)
        {
            if (at > file.Length - field.Length)
                throw new PickleException("it is cut short");
            file.Position = at;
            file.ReadExactly(field);
            long count = BinaryPrimitives.ReadInt64LittleEndian(field);
            at += field.Length;
            if (!known.TryGetValue(key, out TorchStorage? storage))
                throw new PickleException($"nothing says what its storage {key} holds");
            int size = storage.Type.Size();
            if (count < 0 || count > (file.Length - at) / size)
                throw new PickleException("it is cut short");
            storages[key] = new StoredRun(at, count * size, IsPacked: false);
            at += count * size;
        }

        return storages;
    }

    private static void CheckByteOrder(object? system)
    {
        bool isBig = system is PickleDictionary sizes
            && sizes.Entries.Any(entry => entry is { Key: "little_endian", Value: false });
        if (isBig)
            throw new PickleException("its numbers are stored with the highest byte first");
    }

    private static void CheckStorages(TorchCheckpoint checkpoint)
    {
        foreach ((string name, TorchTensor tensor) in checkpoint.Tensors)
        {
            TorchStorage storage = tensor.Storage;
            if (!checkpoint.Storages.TryGetValue(storage.Key, out StoredRun run))
                throw new PickleException($"the elements of '{name}' are missing");
            if (run.Length < storage.Count * (Int128)storage.Type.Size())
                throw new PickleException($"the elements of '{name}' are cut short");
        }
    }
}

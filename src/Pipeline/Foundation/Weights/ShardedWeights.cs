using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// Weights in several files with an index that says where each tensor is, as the Hugging Face hub keeps large ones.
/// They are joined once into one file, beside the model cache.
/// </summary>
internal static class ShardedWeights
{
    /// <summary>How the name of an index ends.</summary>
    public const string IndexEnding = ".index.json";

    private const long MaxIndexLength = 64L << 20;

    /// <summary>The joined copy in <paramref name="folder"/>, made if it is not there.</summary>
    /// <exception cref="SegmentationProblemException">The index names no files, or one is missing or
    /// damaged.</exception>
    public static string ToSafetensors(string index, string folder)
    {
        string[] names = Files(index);
        string place = Path.GetDirectoryName(index)!;
        string[] paths = Array.ConvertAll(names, name => Path.Combine(place, name));
        string[] missing = [.. names.Where(name => !File.Exists(Path.Combine(place, name)))];
        if (missing.Length > 0)
            throw Problem(
                index,
                $"{missing.Length} of its {names.Length} files are missing, the first is {missing[0]}",
                "Put them beside the index");
        string copy = Path.Combine(folder, Key(paths) + ".safetensors");
        if (File.Exists(copy))
            return copy;

        WeightFile[] shards = Array.ConvertAll(paths, WeightFile.Open);
        try
        {
            var tensors = new Dictionary<string, (WeightFile File, WeightTensor Tensor)>(StringComparer.Ordinal);
            foreach (WeightFile shard in shards)
            {
                foreach (WeightTensor tensor in shard.Names.Order(
                    StringComparer.Ordinal).Select(name => shard.Find(name)!).Where(tensor => tensor.Type.IsFloat()))
                {
                    if (!tensors.TryAdd(tensor.Name, (shard, tensor)))
                        throw Problem(index, $"tensor '{tensor.Name}' is in two of its files", "Fetch the files again");
                }
            }

            SafetensorsWriter.Write(
                copy,
                [.. tensors.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Tensor.Shape))],
                new Dictionary<string, string> { ["source"] = Path.GetFileName(index) },
                (name, _) => tensors[name].File.ReadFloats(name));
            return copy;
        }
        finally
        {
            Array.ForEach(shards, shard => shard.Dispose());
        }
    }

    private static string[] Files(string index)
    {
        if (new FileInfo(index).Length > MaxIndexLength)
            throw Problem(index, "it is too long for an index", "Fetch it again");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index));
            if (document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("weight_map", out JsonElement map)
                    && map.ValueKind is JsonValueKind.Object)
            {
                string[] names = [.. map.EnumerateObject().Select(entry => entry.Value.ToString()).Distinct().Order(
                    StringComparer.Ordinal)];
                // A name with folders could lie anywhere on the machine.
                if (names.Length > 0 && names.All(name => name.Length > 0 && name == Path.GetFileName(name)))
                    return names;
            }
        }
        catch (JsonException failure)
        {
            throw SegmentationProblem.InvalidModel(
                Path.GetFileName(index), $"it is not JSON ({failure.Message})", "Fetch it again", failure);
        }

        throw Problem(index, "it does not say which files the tensors are in", "Fetch it again");
    }

    // The joined copy is of these very files: another size or time is another copy.
    private static string Key(string[] paths)
    {
        var text = new StringBuilder();
        foreach (FileInfo file in paths.Select(path => new FileInfo(path)))
            text.Append(
                CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static SegmentationProblemException Problem(string index, string found, string remedy) =>
        SegmentationProblem.InvalidModel(Path.GetFileName(index), found, remedy);
}

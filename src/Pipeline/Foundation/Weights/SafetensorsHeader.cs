using System.Buffers.Binary;
using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// The header of a safetensors file: eight bytes of length, JSON with type, shape and byte range of every tensor, then
/// the data. Every bound is checked before anything is used.
/// </summary>
internal sealed record SafetensorsHeader(
    IReadOnlyList<WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    // The format's own limit.
    private const long MaxHeaderLength = 100_000_000;
    private const int LengthField = 8, MaxRank = 16, MaxNameLength = 1_024;

    /// <summary>Reads and checks the header of the file at <paramref name="path"/>.</summary>
    /// <exception cref="SegmentationProblemException">The file is not a valid safetensors file or contradicts
    /// itself.</exception>
    public static SafetensorsHeader Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] json = ReadJson(file, path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Parse(document.RootElement, path, LengthField + json.Length, file.Length);
        }
        catch (JsonException failure)
        {
            throw Damaged(path, $"the header is not valid JSON (line {failure.LineNumber + 1 ?? 1}, byte "
                + $"{failure.BytePositionInLine ?? 0})");
        }
        catch (InvalidOperationException)
        {
            throw Damaged(path, "a name in the header holds halves of characters");
        }
    }

    private static byte[] ReadJson(FileStream file, string path)
    {
        Span<byte> field = stackalloc byte[LengthField];
        if (file.Length < LengthField || file.ReadAtLeast(field, LengthField, throwOnEndOfStream: false) < LengthField)
            throw Damaged(path, $"with {file.Length} bytes it is too short for weights");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(field);
        if (length > MaxHeaderLength || (long)length > file.Length - LengthField)
            throw Damaged(path, $"it is not a PyTorch checkpoint, and the header of a safetensors file would have "
                + $"{length:N0} of its {file.Length:N0} bytes");

        var json = new byte[length];
        file.ReadExactly(json);
        return json;
    }

    private static SafetensorsHeader Parse(JsonElement root, string path, long dataStart, long fileLength)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw Damaged(path, "the header is not a JSON object");

        var tensors = new List<WeightTensor>();
        var metadata = new Dictionary<string, string>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name != "__metadata__")
                tensors.Add(ParseTensor(property, path, dataStart, fileLength));
            else if (property.Value.ValueKind is JsonValueKind.Object)
                foreach (JsonProperty entry in property.Value.EnumerateObject())
                    metadata[entry.Name] = entry.Value.ToString();
        }

        CheckNames(tensors, path);
        CheckOverlaps(tensors, path);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static WeightTensor ParseTensor(JsonProperty property, string path, long dataStart, long fileLength)
    {
        string name = property.Name;
        if (name.Length > MaxNameLength)
            throw Damaged(path, $"a name in the header has {name.Length:N0} characters");
        if (property.Value.ValueKind is not JsonValueKind.Object
            || !property.Value.TryGetProperty("dtype", out JsonElement dtype)
            || !property.Value.TryGetProperty("shape", out JsonElement shape)
            || !property.Value.TryGetProperty("data_offsets", out JsonElement offsets)
            || !TryReadLongs(offsets, out long[] range) || range.Length != 2
            || !TryReadLongs(shape, out long[] dimensions))
        {
            throw Damaged(path, $"tensor '{name}' lacks a type, shape or byte range");
        }

        ElementType type = ParseType(dtype.ToString()) ?? throw Damaged(
            path, $"tensor '{name}' has the unsupported type {dtype}");
        long available = fileLength - dataStart;
        if (range[0] < 0 || range[1] < range[0] || range[1] > available)
        {
            throw Damaged(
                path, $"tensor '{name}' lies at bytes {range[0]}..{range[1]} of {available:N0} bytes of data");
        }

        if (!TryCount(dimensions, out long elements) || elements * type.Size() != range[1] - range[0])
        {
            throw Damaged(
                path,
                $"tensor '{name}' of shape [{string.Join(", ", dimensions)}] and type {type} does not fill its "
                    + $"{range[1] - range[0]} bytes");
        }

        return new WeightTensor(
            name, type, new TensorShape(Array.ConvertAll(dimensions, d => (int)d)), path, dataStart + range[0]);
    }

    private static void CheckNames(List<WeightTensor> tensors, string path)
    {
        string? twice = tensors.GroupBy(tensor => tensor.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw Damaged(path, $"tensor '{twice}' is listed twice");
    }

    private static void CheckOverlaps(List<WeightTensor> tensors, string path)
    {
        WeightTensor? previous = null;
        foreach (WeightTensor tensor in tensors.Where(t => t.Length > 0).OrderBy(t => t.Offset))
        {
            if (previous is not null && tensor.Offset < previous.Offset + previous.Length)
                throw Damaged(path, $"tensors '{previous.Name}' and '{tensor.Name}' overlap");
            previous = tensor;
        }
    }

    private static bool TryReadLongs(JsonElement array, out long[] values)
    {
        values = [];
        if (array.ValueKind is not JsonValueKind.Array)
            return false;
        int length = array.GetArrayLength();
        if (length > MaxRank)
            return false;
        values = new long[length];
        // Once through: each look at an item by its number would begin at the first.
        foreach ((int i, JsonElement item) in array.EnumerateArray().Index())
        {
            if (item.ValueKind is not JsonValueKind.Number || !item.TryGetInt64(out values[i]))
                return false;
        }

        return true;
    }

    private static bool TryCount(long[] dimensions, out long elements)
    {
        elements = 1;
        foreach (long dimension in dimensions)
        {
            if (dimension is < 0 or > int.MaxValue || (dimension > 0 && elements > int.MaxValue / dimension))
                return false;
            elements *= dimension;
        }

        return true;
    }

    private static ElementType? ParseType(string dtype) => dtype switch
    {
        "F32" => ElementType.Float32,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "F64" => ElementType.Float64,
        "I64" => ElementType.Int64,
        "I32" => ElementType.Int32,
        "U8" => ElementType.UInt8,
        "I8" => ElementType.Int8,
        "I16" => ElementType.Int16,
        "U16" => ElementType.UInt16,
        "U32" => ElementType.UInt32,
        "U64" => ElementType.UInt64,
        "F8_E4M3" => ElementType.Float8E4M3,
        "F8_E5M2" => ElementType.Float8E5M2,
        "C64" => ElementType.Complex64,
        "BOOL" => ElementType.Bool,
        _ => null,
    };

    private static SegmentationProblemException Damaged(string path, string found) =>
        SegmentationProblem.InvalidModel(Path.GetFileName(path), found, "Download or export the weights again");
}

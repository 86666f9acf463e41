using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3.Checkpoints;

/// <summary>
/// A checkpoint of Hugging Face's under official names: what is apart there is joined in a copy, which is made once,
/// when an element is wanted and not before.
/// </summary>
internal sealed class Sam3Conversion : IWeightSource
{
    private const string Positions = "pos_embed", Points = "point_embeddings.";

    private readonly WeightFile _file;
    private readonly string _prefix;
    private readonly SafetensorsLayout _layout;
    private readonly string _path;
    private readonly Dictionary<string, WeightTensor> _tensors;

    /// <param name="file">The checkpoint.</param>
    /// <param name="needed">Official names of the tensors wanted.</param>
    /// <param name="folder">Where copies are kept.</param>
    public Sam3Conversion(WeightFile file, IEnumerable<string> needed, string folder)
    {
        _file = file;
        _prefix = PrefixOf(file);
        _layout = new SafetensorsLayout(
            [.. needed.Select(name => (Name: name, Shape: ShapeOf(file, _prefix, name)))
                .Where(tensor => tensor.Shape is not null)
                .Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Shape!.Value))],
            new Dictionary<string, string> { ["source"] = file.Name });
        _path = Path.Combine(folder, Key() + ".safetensors");
        _tensors = _layout.Tensors(_path).ToDictionary(tensor => tensor.Name, tensor => tensor with { Prepare = Make });
    }

    /// <inheritdoc/>
    public string Name => _file.Name;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <inheritdoc/>
    public WeightTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>What the image model's names begin with.</summary>
    public static string PrefixOf(IWeightSource file) =>
        file.Names.Any(name => name.StartsWith("detector_model.", StringComparison.Ordinal)) ? "detector_model." : "";

    /// <summary>
    /// The shape an official tensor will have; null where a part of it is missing or of another shape than the others.
    /// </summary>
    public static TensorShape? ShapeOf(IWeightSource file, string prefix, string official)
    {
        WeightTensor?[] parts = [.. Sam3HuggingFaceNames.PartsOf(official, prefix).Select(file.Find)];
        if (parts.Any(part => part is null || part.Shape != parts[0]!.Shape || part.Shape.Rank == 0))
            return null;
        int[] shape = parts[0]!.Shape.ToArray();
        if (official.Contains(Points, StringComparison.Ordinal))
            return new TensorShape(1, shape[^1]);
        // The row of a class token, which nothing reads, was cut away.
        if (official.EndsWith(Positions, StringComparison.Ordinal) && shape.Length == 3)
            shape[1]++;
        else
            shape[0] *= parts.Length;
        return new TensorShape(shape);
    }

    private void Make()
    {
        if (new FileInfo(_path) is not { Exists: true } copy || copy.Length != _layout.Length)
            SafetensorsWriter.Write(_path, _layout, Elements);
    }

    private float[] Elements(string name, TensorShape shape)
    {
        float[] elements = [.. Sam3HuggingFaceNames.PartsOf(name, _prefix).SelectMany(_file.ReadFloats)];
        if (name.EndsWith(Positions, StringComparison.Ordinal))
            return [.. new float[shape[2]], .. elements];
        if (name.LastIndexOf(Points, StringComparison.Ordinal) is not (>= 0 and int at))
            return elements;
        int row = name[at + Points.Length] - '0';
        return elements[(row * shape[1])..((row + 1) * shape[1])];
    }

    private string Key()
    {
        var file = new FileInfo(_file.Path);
        string text = string.Create(
            CultureInfo.InvariantCulture, $"sam3\n{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

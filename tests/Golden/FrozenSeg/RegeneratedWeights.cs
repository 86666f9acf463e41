using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>
/// Weights that a golden file does not store but describes: numbers that are a function of the tensors' names.
/// </summary>
internal sealed class RegeneratedWeights
{
    private readonly string _case;
    private readonly Dictionary<string, (double Base, double Amplitude, double First)> _ranges = [];
    private readonly Dictionary<string, TensorShape> _shapes = [];

    /// <param name="caseName">File name of the golden without its first word.</param>
    /// <param name="path">The file's <c>.weights.json</c>.</param>
    public RegeneratedWeights(string caseName, string path)
    {
        _case = caseName;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string key = entry.GetProperty("key").GetString()!;
            _ranges[key] = (
                entry.GetProperty("base").GetDouble(), entry.GetProperty("amp").GetDouble(), entry.GetProperty("first")
                    .GetDouble());
            _shapes[key] = new TensorShape(
                [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())]);
        }
    }

    /// <summary>Every tensor's shape.</summary>
    public IReadOnlyDictionary<string, TensorShape> Shapes => _shapes;

    /// <summary>The elements of a tensor.</summary>
    public float[] Elements(string key)
    {
        (double offset, double amplitude, double first) = _ranges[key];
        float[] elements = Numbers($"{_case}/w/{key}", _shapes[key].ElementCount, offset, amplitude);
        return Math.Abs(elements[0] - first) < 1e-6
            ? elements
            : throw new InvalidDataException($"{key} begins with {elements[0]} instead of {first}.");
    }

    /// <summary>An input of the case.</summary>
    public float[] Input(string name, long count, double amplitude = 1) =>
        Numbers($"{_case}/in/{name}", count, 0, amplitude);

    // In double, unlike the synthetic weights of the product.
    private static float[] Numbers(string name, long count, double offset, double amplitude)
    {
        var draws = new uint[count];
        SyntheticNumbers.Draw(name, draws);
        return Array.ConvertAll(draws, draw => (float)(offset + (amplitude * ((2 * (draw / 16777216.0)) - 1))));
    }
}

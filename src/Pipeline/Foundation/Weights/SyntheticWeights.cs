using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// Untrained weights that are a function of the tensors' names, kept as a file so that networks use them like any
/// other. For parity and speed at true sizes; they segment nothing.
/// </summary>
internal static class SyntheticWeights
{
    private const string NoteKey = "note", Note = "synthetic weights, not trained";

    /// <summary>What such a file says of itself.</summary>
    internal static Dictionary<string, string> Metadata => new() { [NoteKey] = Note };

    /// <summary>Makes, or finds, the file with all tensors of <paramref name="requirements"/>.</summary>
    /// <param name="folder">Where such files are kept.</param>
    /// <param name="name">Beginning of the file's name.</param>
    /// <param name="requirements">Names and shapes.</param>
    /// <returns>The opened file; the caller disposes it.</returns>
    public static WeightFile Open(string folder, string name, IReadOnlyDictionary<string, TensorShape> requirements)
    {
        List<KeyValuePair<string, TensorShape>> ordered =
            [.. requirements.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        string path = Path.Combine(folder, $"{name}-{Fingerprint(ordered)}.safetensors");
        if (!File.Exists(path))
        {
            SafetensorsWriter.Write(path, ordered, Metadata, Elements);
        }

        return WeightFile.Open(path);
    }

    /// <summary>Whether a file says that its weights are made up.</summary>
    internal static bool Are(IReadOnlyDictionary<string, string> metadata) =>
        metadata.GetValueOrDefault(NoteKey) == Note;

    /// <summary>
    /// The elements of the tensor called <paramref name="name"/>: scale and offset go by kind of tensor.
    /// </summary>
    public static float[] Elements(string name, TensorShape shape)
    {
        (double scale, float offset) = Range(name, shape);
        return SyntheticNumbers.Floats(name, shape.ElementCount, (float)scale, offset);
    }

    /// <summary>
    /// What the draws of a tensor are multiplied by, and what is added. The first rule that fits decides; weights get
    /// the variance that keeps activations at size 1.
    /// </summary>
    internal static (double Scale, float Offset) Range(string name, TensorShape shape) => name switch
    {
        _ when name.EndsWith("running_var", StringComparison.Ordinal) => (0.5, 1),
        _ when name.EndsWith("running_mean", StringComparison.Ordinal) => (0.1, 0),
        _ when name.Contains("gaussian_matrix", StringComparison.Ordinal) => (Math.Sqrt(3), 0),
        _ when name.EndsWith("attention_biases", StringComparison.Ordinal)
            || name.EndsWith("rel_pos_h", StringComparison.Ordinal)
            || name.EndsWith("rel_pos_w", StringComparison.Ordinal) => (0.5, 0),
        _ when name.EndsWith("pos_embed", StringComparison.Ordinal) => (0.1, 0),
        _ when IsEmbedding(name) => (1, 0),
        // exp of it is 100, the factor of CLIP's cosines.
        _ when name.EndsWith("logit_scale", StringComparison.Ordinal) => (0, MathF.Log(100)),
        _ when name.EndsWith("positional_embedding", StringComparison.Ordinal)
            || name.EndsWith("class_embedding", StringComparison.Ordinal) => (0.5, 0),
        _ when name.EndsWith("in_proj_bias", StringComparison.Ordinal) => (0.1, 0),
        _ when name.EndsWith(".bias", StringComparison.Ordinal) => (0.1, 0),
        _ when shape.Rank == 1 => (0.1, 1),
        _ => (Math.Sqrt(3.0 / (shape.ElementCount / shape[0])), 0),
    };

    private static bool IsEmbedding(string name) =>
        name.EndsWith("token.weight", StringComparison.Ordinal)
        || name.EndsWith("tokens.weight", StringComparison.Ordinal)
        || name.EndsWith("embed.weight", StringComparison.Ordinal)
        || (name.EndsWith(".weight", StringComparison.Ordinal)
            && name.LastIndexOf("point_embeddings.", StringComparison.Ordinal) is int at and >= 0
            && name.Length == at + "point_embeddings.0.weight".Length);

    private static string Fingerprint(List<KeyValuePair<string, TensorShape>> requirements)
    {
        var text = new StringBuilder();
        foreach ((string name, TensorShape shape) in requirements)
            text.Append(CultureInfo.InvariantCulture, $"{name}{shape};");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}

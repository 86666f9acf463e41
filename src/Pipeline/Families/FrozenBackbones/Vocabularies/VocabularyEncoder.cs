using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;

/// <summary>
/// Makes classifiers of vocabularies: each name in every template, encoded, averaged and normalised (frozenseg.md 3),
/// with void as the last row. Classifiers are kept on disk by model and names; the text encoder is loaded only when one
/// is new.
/// </summary>
/// <param name="loadEncoder">Loads the text encoder; it is disposed after use.</param>
/// <param name="voidEmbedding">The learned vector of void, of any length, E.</param>
/// <param name="templates">Sentences with <c>{}</c> for the name.</param>
/// <param name="modelHash">Identifies the weights.</param>
/// <param name="folder">Where classifiers are kept.</param>
internal sealed class VocabularyEncoder(
    Func<ClipTextEncoder> loadEncoder,
    float[] voidEmbedding,
    IReadOnlyList<string> templates,
    string modelHash,
    string folder)
{
    private const string RowsName = "rows";

    // Names encoded between two looks at the cancellation.
    private const int NamesPerPass = 16;

    private readonly Lock _lock = new();
    private (string Key, VocabularyClassifier Classifier)? _last;

    /// <summary>The classifier of a vocabulary, from memory, from disk, or made now.</summary>
    /// <param name="vocabulary">The classes.</param>
    /// <param name="cancellation">Stops the work.</param>
    public VocabularyClassifier Encode(Vocabulary vocabulary, CancellationToken cancellation)
    {
        string key = Key(vocabulary);
        lock (_lock)
        {
            if (_last is { } last && last.Key == key)
                return last.Classifier;
            int[] synonyms = [.. vocabulary.Categories.Select(category => category.Names.Count)];
            string path = Path.Combine(folder, $"{key}.safetensors");
            float[] rows = Read(path, synonyms.Sum()) ?? Make(vocabulary, path, cancellation);
            var classifier = new VocabularyClassifier(rows, synonyms);
            _last = (key, classifier);
            return classifier;
        }
    }

    /// <summary>The unit vector of a name: the mean of its prompts' unit vectors, normalised.</summary>
    /// <param name="prompts">T×E: its prompts in template order, of any length.</param>
    /// <param name="width">E.</param>
    internal static float[] Average(ReadOnlySpan<float> prompts, int width)
    {
        float[] unit = VocabularyClassifier.Normalise(prompts, width);
        var mean = new float[width];
        for (int i = 0; i < unit.Length; i++)
            mean[i % width] += unit[i];
        int count = unit.Length / width;
        for (int i = 0; i < width; i++)
            mean[i] /= count;
        return VocabularyClassifier.Normalise(mean, width);
    }

    private float[] Make(Vocabulary vocabulary, string path, CancellationToken cancellation)
    {
        string[] names = [.. vocabulary.Categories.SelectMany(category => category.Names)];
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        using (ClipTextEncoder encoder = loadEncoder())
        {
            // A name that stands in several classes is read once.
            foreach (string[] pass in names.Distinct(StringComparer.Ordinal).Chunk(NamesPerPass))
            {
                cancellation.ThrowIfCancellationRequested();
                float[][] prompts = encoder.Encode(pass.SelectMany(Prompts), cancellation);
                for (int i = 0; i < pass.Length; i++)
                    vectors[pass[i]] = Average(
                        [.. prompts.Skip(i * templates.Count).Take(templates.Count).SelectMany(vector => vector)],
                        voidEmbedding.Length);
            }
        }

        float[] rows =
        [
            .. names.SelectMany(name => vectors[name]),
            .. VocabularyClassifier.Normalise(voidEmbedding, voidEmbedding.Length),
        ];
        Write(path, rows);
        return rows;
    }

    private IEnumerable<string> Prompts(string name) =>
        templates.Select(template => PromptTemplates.Wrap(template, name));

    private void Write(string path, float[] rows)
    {
        int width = voidEmbedding.Length;
        try
        {
            SafetensorsWriter.Write(
                path,
                [KeyValuePair.Create(RowsName, new TensorShape(rows.Length / width, width))],
                new Dictionary<string, string>(),
                (_, _) => rows);
        }
        catch (SegmentationProblemException)
        {
            // A cache that cannot be written costs time, not the answer.
        }
    }

    // A file that is damaged or of other sizes is made anew.
    private float[]? Read(string path, int synonyms)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using WeightFile file = WeightFile.Open(path);
            float[] rows = file.ReadFloats(RowsName);
            return rows.Length == (synonyms + 1) * voidEmbedding.Length && rows.All(float.IsFinite) ? rows : null;
        }
        catch (SegmentationProblemException)
        {
            return null;
        }
    }

    private string Key(Vocabulary vocabulary)
    {
        var text = new StringBuilder(modelHash).Append('\u001d').AppendJoin('\u001f', templates);
        foreach (Category category in vocabulary.Categories)
            text.Append('\u001e').AppendJoin('\u001f', category.Names);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}

using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>
/// A CLIP on disk: its sizes and where its tensors lie. Towers are loaded from it as they are needed.
/// </summary>
internal sealed class ClipFile : IDisposable
{
    private const string SyntheticPrefix = "synthetic:", ScaleName = "logit_scale";

    private readonly WeightFile _file;

    private ClipFile(WeightFile file, ClipConfiguration? configuration)
    {
        _file = file;
        Weights = ClipWeightNames.Official(file);
        Configuration = configuration ?? ClipConfigurations.Detect(Weights, file.Metadata);
        Tokenizer = ClipTokenizer.ForVocabulary(Configuration.Text.Vocabulary)!;
        LogitScale = MathF.Exp(ReadScale());
        Hash = file.ComputeHash();
    }

    /// <summary>The sizes, and the name results show.</summary>
    public ClipConfiguration Configuration { get; }

    /// <summary>The tensors under OpenAI's names.</summary>
    public IWeightSource Weights { get; }

    /// <summary>The tokenizer of this model.</summary>
    public ClipTokenizer Tokenizer { get; }

    /// <summary>The factor of cosines, τ; 100 in the published models.</summary>
    public float LogitScale { get; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>
    /// Opens <c>synthetic:NAME</c> (a published network with untrained weights), a name of the catalogue or a weight
    /// file.
    /// </summary>
    /// <exception cref="SegmentationProblemException">There is no such model, or it holds no CLIP.</exception>
    public static ClipFile Open(string name)
    {
        if (name.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return OpenSynthetic(name[SyntheticPrefix.Length..]);
        string path = ModelCatalogue.Locate(name, ModelRole.Clip);
        return File.Exists(path) ? Open(WeightFile.Open(path), null) : throw Unknown(name);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ClipFile OpenSynthetic(string name)
    {
        ClipConfiguration known = ClipConfigurations.Find(name) ?? throw Unknown(SyntheticPrefix + name);
        string fileName = string.Concat(known.Name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return Open(
            SyntheticWeights.Open(ModelFolders.Synthetic, fileName, ClipGraphs.Requirements(known)),
            known with { Name = $"{known.Name} (synthetic weights, untrained)" });
    }

    private static ClipFile Open(WeightFile file, ClipConfiguration? configuration)
    {
        try
        {
            return new ClipFile(file, configuration);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private float ReadScale() => Weights.Find(ScaleName) is WeightTensor tensor
        ? _file.ReadFloats(tensor.Name)[0]
        : throw SegmentationProblem.InvalidModel(
            _file.Name, $"there is no tensor '{ScaleName}'", "Give the weights of a whole CLIP");

    private static SegmentationProblemException Unknown(string name) => SegmentationProblem.InvalidModel(
        $"model {name}",
        "there is no such CLIP or file",
        $"Use {SyntheticPrefix}({string.Join('|', ClipConfigurations.All.Select(model => model.Name))}), a name that "
            + $"frozenseg models list shows, or a weight file");
}

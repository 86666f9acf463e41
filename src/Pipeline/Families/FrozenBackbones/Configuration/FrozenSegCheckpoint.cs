using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;

/// <summary>
/// The weights of a model: one checkpoint with everything in it, or a decoder with CLIP and SAM in files of their own.
/// Dispose it when the networks are loaded.
/// </summary>
internal sealed class FrozenSegCheckpoint : IDisposable
{
    private const string SyntheticPrefix = "synthetic:", SamPrefix = "sam.", ClipPrefix = "backbone.clip_model.";

    private readonly WeightFile _file;
    private readonly WeightFile? _clipFile;
    private readonly WeightFile? _samFile;

    private FrozenSegCheckpoint(WeightFile file, WeightFile? clipFile, WeightFile? samFile, bool hasInjectors)
    {
        _file = file;
        _clipFile = clipFile;
        _samFile = samFile;
        ThrowIfAnotherNetwork();
        Clip = ClipWeightNames.Official(clipFile ?? file);
        if (hasInjectors)
            Sam = FindSam();
        FrozenSegConfiguration found = FrozenSegConfigurations.Detect(file, Clip, Sam, ClipMetadata(), SamMetadata());
        if (hasInjectors && !found.Decoder.HasInjectors)
            throw Problem(
                "it has no SAM branch: it is an FC-CLIP", "Use --method fcclip, or give a FrozenSeg checkpoint");
        Configuration = hasInjectors ? found : FrozenSegConfigurations.WithoutInjectors(found);
    }

    /// <summary>What the weights say of themselves.</summary>
    public FrozenSegConfiguration Configuration { get; }

    /// <summary>Decoder weights under official names.</summary>
    public IWeightSource Decoder => _file;

    /// <summary>CLIP weights under OpenAI's names.</summary>
    public IWeightSource Clip { get; }

    /// <summary>SAM weights under official names; null with the injectors off.</summary>
    public IWeightSource? Sam { get; }

    /// <summary>SHA-256 of the checkpoint, and of CLIP's file where it is another, lower-case hex.</summary>
    public string ComputeHash() =>
        _clipFile is null ? _file.ComputeHash() : $"{_file.ComputeHash()}+{_clipFile.ComputeHash()}";

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="name">A weight file, or <c>synthetic:NAME</c> for a published model with untrained weights.</param>
    /// <param name="clip">CLIP's weight file, where the checkpoint has none; null otherwise.</param>
    /// <param name="sam">SAM's weight file, where the checkpoint has none, or <c>synthetic:NAME</c>; null
    /// otherwise.</param>
    /// <param name="hasInjectors">FrozenSeg; off it is FC-CLIP, and the SAM branch of a checkpoint is not used.</param>
    /// <exception cref="SegmentationProblemException">A file is missing, damaged, or holds another model.</exception>
    public static FrozenSegCheckpoint Open(string name, string? clip, string? sam, bool hasInjectors)
    {
        WeightFile? file = null, clipFile = null, samFile = null;
        try
        {
            file = OpenFile(ModelCatalogue.Locate(name, hasInjectors ? ModelRole.FrozenSeg : ModelRole.FcClip));
            clipFile = clip is null ? null : WeightFile.Open(ModelCatalogue.Locate(clip, ModelRole.ClipBackbone));
            samFile = sam is null || !hasInjectors ? null : OpenSam(ModelCatalogue.Locate(sam, ModelRole.Sam));
            return new FrozenSegCheckpoint(file, clipFile, samFile, hasInjectors);
        }
        catch
        {
            file?.Dispose();
            clipFile?.Dispose();
            samFile?.Dispose();
            throw;
        }
    }

    /// <summary>The elements of a small tensor of the checkpoint.</summary>
    public float[] ReadFloats(string name) => _file.ReadFloats(name);

    /// <summary>CLIP's own <c>logit_scale</c>, the logarithm.</summary>
    public float ReadClipLogitScale()
    {
        WeightTensor tensor = Clip.Find("logit_scale")
            ?? throw Problem("there is no CLIP 'logit_scale'", "Give a checkpoint with CLIP in it");
        return (_clipFile ?? _file).ReadFloats(tensor.Name)[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _clipFile?.Dispose();
        _samFile?.Dispose();
    }

    /// <summary>Names and shapes of all tensors of a model, under official names.</summary>
    public static IReadOnlyDictionary<string, TensorShape> Requirements(FrozenSegConfiguration configuration)
    {
        var all = new Dictionary<string, TensorShape>();
        foreach ((string name, TensorShape shape) in FrozenSegGraphs.ClipRequirements(configuration))
            all[ClipPrefix + name] = shape;
        foreach ((string name, TensorShape shape) in FrozenSegGraphs.DecoderRequirements(configuration))
            all[name] = shape;
        all["void_embedding.weight"] = new TensorShape(1, configuration.Backbone.EmbeddingWidth);
        all["sem_seg_head.predictor.logit_scale"] = default;
        if (configuration.Sam is not null)
        {
            foreach ((string name, TensorShape shape) in SamGraphs.Requirements(configuration.Sam))
                all[SamPrefix + name] = shape;
        }

        return all;
    }

    private void ThrowIfAnotherNetwork()
    {
        if (Has("sem_seg_head."))
            return;
        if (Has("image_encoder.") || SamWeightNames.IsHuggingFace(_file))
            throw Problem(
                "it is a SAM, not a FrozenSeg or FC-CLIP checkpoint",
                "Give it as --sam or --frozenseg-sam, and a checkpoint with sem_seg_head here");
        if (ClipWeightNames.HasTextTower(_file))
            throw Problem(
                "it is a CLIP, not a FrozenSeg or FC-CLIP checkpoint",
                "Give it as --frozenseg-clip or --car-clip, and a checkpoint with sem_seg_head here");

        bool Has(string prefix) => _file.Names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    private IWeightSource FindSam()
    {
        if (_samFile is not null)
            return SamWeightNames.Official(_samFile, SamGraphs.Requirements(SamConfigurations.VitH).Keys);
        var inside = new PrefixedWeights(_file, SamPrefix);
        return inside.Names.Any(name => name.StartsWith("image_encoder.", StringComparison.Ordinal))
            ? inside
            : throw Problem("there is no SAM in it ('sam.image_encoder.…')", "Name SAM's weights too");
    }

    // What the checkpoint does not say, CLIP's own file may.
    private Dictionary<string, string> ClipMetadata()
    {
        var metadata = new Dictionary<string, string>(_clipFile?.Metadata ?? new Dictionary<string, string>());
        foreach ((string key, string value) in _file.Metadata)
            metadata[key] = value;
        return metadata;
    }

    // In a file of its own SAM may leave the prefix out.
    private Dictionary<string, string> SamMetadata()
    {
        var metadata = new Dictionary<string, string>();
        foreach ((string key, string value) in (_samFile ?? _file).Metadata)
            metadata[key.StartsWith(SamPrefix, StringComparison.Ordinal) ? key[SamPrefix.Length..] : key] = value;
        return metadata;
    }

    private static WeightFile OpenFile(string name)
    {
        if (!name.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return WeightFile.Open(name);
        string wanted = name[SyntheticPrefix.Length..];
        FrozenSegConfiguration configuration = FrozenSegConfigurations.All.FirstOrDefault(known => known.Name == wanted)
            ?? throw SegmentationProblem.InvalidModel(
                $"model {name}",
                "there is no such model",
                $"Use {SyntheticPrefix}({string.Join('|', FrozenSegConfigurations.All.Select(known => known.Name))}) "
                    + $"or a weight file");
        return SyntheticWeights.Open(ModelFolders.Synthetic, $"frozenseg-{wanted}", Requirements(configuration));
    }

    private static WeightFile OpenSam(string name)
    {
        if (!name.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return WeightFile.Open(name);
        SamConfiguration configuration = SamConfigurations.Find(name[SyntheticPrefix.Length..])
            ?? throw SegmentationProblem.InvalidModel(
                $"model {name}", "there is no such SAM", "Use synthetic:vit_b or a weight file");
        return SyntheticWeights.Open(ModelFolders.Synthetic, configuration.Name, SamGraphs.Requirements(configuration));
    }

    private SegmentationProblemException Problem(string found, string remedy) =>
        SegmentationProblem.InvalidModel(_file.Name, found, remedy);
}

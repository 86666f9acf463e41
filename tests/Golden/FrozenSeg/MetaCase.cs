using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>The sizes and settings of a <c>meta_*.npz</c>.</summary>
internal sealed class MetaCase
{
    // A case with another number says so in "pool_heads".
    private const int PublishedHeads = 4;

    private readonly int[] _meta;

    public MetaCase(NpzFile golden)
    {
        _meta = Array.ConvertAll(golden["meta"].Integers, value => (int)value);
        double[] thresholds = golden["thresholds"].Doubles;
        Options = new FrozenSegOptions
        {
            Alpha = thresholds[0],
            Beta = thresholds[1],
            ObjectMaskThreshold = thresholds[2],
            OverlapThreshold = thresholds[3],
            SamShare = thresholds[4],
            SamKeepThreshold = thresholds[5],
            InstanceCount = _meta[11],
            MaskEnsemble = MaskEnsembleMode.Official,
        };
        Seen = Array.ConvertAll(golden["overlap"].Integers, value => value != 0);
        Things = new bool[Seen.Length];
        foreach (long thing in golden["things"].Integers)
            Things[thing] = true;
        Backbone = _meta[12] != 0 ? AttentionPool(golden) : new ConvNextConfiguration
        {
            Widths = [1, 1, 1, _meta[1]],
            Depths = [1, 1, 1, 1],
            ProjectionWidth = golden["w:visual.head.mlp.fc1.weight"].Shape[0],
            EmbeddingWidth = _meta[2],
        };
    }

    // The pool sees the last stage alone, so one stage of a quarter of its channels stands for the whole network.
    private ResNetConfiguration AttentionPool(NpzFile golden)
    {
        int channels = _meta[1],
            heads = golden.Has("pool_heads") ? (int)golden["pool_heads"].Integers[0] : PublishedHeads;
        if (channels % ResNetConfiguration.Expansion != 0 || channels % heads != 0)
            throw new NotSupportedException(
                $"An attention pool of {channels} channels and {heads} heads cannot be run.");
        return new ResNetConfiguration
        {
            Depths = [1],
            Width = channels / ResNetConfiguration.Expansion,
            PoolHeads = heads,
            PoolSide = _meta[13],
            EmbeddingWidth = _meta[2],
        };
    }

    public FrozenSegOptions Options { get; }

    public ClipBackboneConfiguration Backbone { get; }

    public bool[] Seen { get; }

    public bool[] Things { get; }

    public int NetworkHeight => _meta[3];

    public int NetworkWidth => _meta[4];

    /// <summary>Whether masks are resized to the picture before they are combined.</summary>
    public bool IsBefore => _meta[9] != 0;

    public int Divisibility => _meta[14];

    /// <summary>Where masks are combined.</summary>
    public InferenceFrame CombineFrame(InferenceFrame frame) => IsBefore ? frame : frame.AtNetworkSize;

    public InferenceFrame Frame(NpyArray masks) => new(
        masks.Shape[1], masks.Shape[2], _meta[5], _meta[6], _meta[3], _meta[4], _meta[7], _meta[8]);
}

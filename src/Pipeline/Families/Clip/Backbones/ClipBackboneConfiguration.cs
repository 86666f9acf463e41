namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>Sizes of a convolutional CLIP image encoder that is read at several scales.</summary>
internal abstract record ClipBackboneConfiguration
{
    /// <summary>Width of the joint space of pictures and texts (E).</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Channels of res2, res3, res4 and res5.</summary>
    public abstract IReadOnlyList<int> Channels { get; }

    /// <summary>Pixels of the picture to a cell of res2; each further level halves the resolution.</summary>
    public abstract int Stride { get; }

    /// <summary>Pixels of the picture to a cell of res5.</summary>
    public int DenseStride => Stride << (Channels.Count - 1);
}

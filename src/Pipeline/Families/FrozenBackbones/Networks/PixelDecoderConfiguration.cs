namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>Sizes of the pixel decoder. The defaults are the published ones.</summary>
internal sealed record PixelDecoderConfiguration
{
    /// <summary>Channels of res2, res3, res4 and res5.</summary>
    public required IReadOnlyList<int> InputChannels { get; init; }

    /// <summary>Channels of everything inside (D).</summary>
    public int Width { get; init; } = 256;

    /// <summary>Heads of the deformable attention.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>Points that a head looks at on each level.</summary>
    public int Points { get; init; } = 4;

    /// <summary>Levels of the deformable attention: res5, res4, res3.</summary>
    public int Levels { get; init; } = 3;

    /// <summary>Encoder layers.</summary>
    public int Layers { get; init; } = 6;

    /// <summary>Hidden width of a layer's MLP.</summary>
    public int FeedForwardWidth { get; init; } = 1024;

    /// <summary>Groups of the group norms.</summary>
    public int Groups { get; init; } = 32;

    /// <summary>Channels of SAM's embedding; null without the SAM branch, which is FC-CLIP.</summary>
    public int? SamChannels { get; init; } = 256;

    /// <summary>Encoder layers of the SAM branch.</summary>
    public int SamLayers { get; init; } = 6;

    /// <summary>Whether there is a SAM branch.</summary>
    public bool HasSam => SamChannels is not null;

    /// <summary>Samples a query takes: heads · levels · points.</summary>
    internal int Samples => Heads * Levels * Points;
}

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>Sizes of a SAM 3 image model; the defaults are those of the published checkpoint.</summary>
internal sealed record Sam3Configuration
{
    /// <summary>Side of the square that a picture is squashed to, in pixels. Default: 1008.</summary>
    public int ImageSize { get; init; } = 1008;

    /// <summary>Side of a patch, in pixels. Default: 14.</summary>
    public int PatchSize { get; init; } = 14;

    /// <summary>Side of the trained table of positions, which is repeated over the map. Default: 24.</summary>
    public int PositionGrid { get; init; } = 24;

    /// <summary>Side of an attention window, in patches. Default: 24.</summary>
    public int Window { get; init; } = 24;

    /// <summary>Length of a patch's vector. Default: 1024.</summary>
    public int VisionWidth { get; init; } = 1024;

    /// <summary>Blocks of the vision backbone. Default: 32.</summary>
    public int VisionDepth { get; init; } = 32;

    /// <summary>Heads of its attentions. Default: 16.</summary>
    public int VisionHeads { get; init; } = 16;

    /// <summary>Width of its perceptrons. Default: 4736.</summary>
    public int VisionHidden { get; init; } = 4736;

    /// <summary>The blocks that attend over the whole map. Default: 7, 15, 23, 31.</summary>
    public IReadOnlyList<int> GlobalBlocks { get; init; } = [7, 15, 23, 31];

    /// <summary>Length of a text token's vector. Default: 1024.</summary>
    public int TextWidth { get; init; } = 1024;

    /// <summary>Heads of the text tower. Default: 16.</summary>
    public int TextHeads { get; init; } = 16;

    /// <summary>Blocks of the text tower. Default: 24.</summary>
    public int TextLayers { get; init; } = 24;

    /// <summary>Tokens that the text tower knows. Default: 49408.</summary>
    public int Vocabulary { get; init; } = 49408;

    /// <summary>Most tokens of a phrase, its two marks included. Default: 32.</summary>
    public int Context { get; init; } = 32;

    /// <summary>Length of every vector after the backbones, d. Default: 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Heads of every attention after the backbones. Default: 8.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>Width of the perceptrons after the backbones. Default: 2048.</summary>
    public int Hidden { get; init; } = 2048;

    /// <summary>Layers of the geometry encoder. Default: 3.</summary>
    public int GeometryLayers { get; init; } = 3;

    /// <summary>Layers of the fusion encoder. Default: 6.</summary>
    public int FusionLayers { get; init; } = 6;

    /// <summary>Layers of the decoder. Default: 6.</summary>
    public int DecoderLayers { get; init; } = 6;

    /// <summary>Object queries, Q. Default: 200.</summary>
    public int Queries { get; init; } = 200;

    /// <summary>Side of the grid that a box is pooled to. Default: 7.</summary>
    public int PoolSize { get; init; } = 7;

    /// <summary>Groups of the mask head's norms. Default: 8.</summary>
    public int Groups { get; init; } = 8;

    /// <summary>Width of the interactive head's perceptrons. Default: 2048.</summary>
    public int InteractiveHidden { get; init; } = 2048;

    /// <summary>Channels of the interactive head's mask input after its second step. Default: 16.</summary>
    public int MaskInputChannels { get; init; } = 16;

    /// <summary>
    /// Whether the interactive head's IoU goes through a sigmoid: SAM 3's does; SAM 3.1's is taken as it is. Default:
    /// true.
    /// </summary>
    public bool HasSigmoidIoU { get; init; } = true;

    /// <summary>Side of the feature map, G: patches along the picture.</summary>
    public int Grid => ImageSize / PatchSize;

    /// <summary>Side of a mask before it is brought to the picture's size: 4 G.</summary>
    public int MaskSize => 4 * Grid;
}

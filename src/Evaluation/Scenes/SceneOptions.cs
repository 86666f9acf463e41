namespace FrozenSeg.Evaluation.Scenes;

/// <summary>What scenes to make.</summary>
internal sealed record SceneOptions
{
    /// <summary>Smallest <see cref="Size"/>.</summary>
    public const int MinSize = 64;

    /// <summary>Largest <see cref="Size"/>.</summary>
    public const int MaxSize = 512;

    /// <summary>Pixels a side, 64..512. Default 128.</summary>
    public int Size { get; init; } = 128;

    /// <summary>What the scenes are for. Default test.</summary>
    public SceneSplit Split { get; init; } = SceneSplit.Test;

    /// <summary>Any number; equal seeds give equal scenes. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Leaves the unseen categories out, as decoders are trained. Default false.</summary>
    public bool SeenOnly { get; init; }

    /// <summary>Share of things with another colour than the typical one, 0..1. Default 0.25.</summary>
    public double FreeColour { get; init; } = 0.25;

    /// <summary>Share of things with a pattern, 0..1. Default 0.3.</summary>
    public double Patterned { get; init; } = 0.3;
}

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>Makes one of the answers out of blocks of pixels. Each thread has a reader of its own.</summary>
internal interface IPixelConsumer
{
    /// <summary>A reader for one thread.</summary>
    IPixelReader CreateReader();
}

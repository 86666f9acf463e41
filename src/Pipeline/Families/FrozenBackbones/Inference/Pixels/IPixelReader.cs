namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>Reads blocks on one thread. Disposing it adds what it counted to the consumer.</summary>
internal interface IPixelReader : IDisposable
{
    /// <summary>Reads a block.</summary>
    void Read(in PixelBlock block);
}

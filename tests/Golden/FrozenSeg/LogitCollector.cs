using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>Keeps the mask logits that a scan shows, plane by plane.</summary>
internal sealed unsafe class LogitCollector(int queries, int height, int width) : IPixelConsumer, IPixelReader
{
    public float[] Logits { get; } = new float[queries * height * width];

    public IPixelReader CreateReader() => this;

    public void Read(in PixelBlock block)
    {
        for (int pixel = 0; pixel < block.Count; pixel++)
            for (int query = 0; query < queries; query++)
                Logits[(((query * height) + block.Y) * width) + block.X + pixel] = block.LogitsOf(pixel)[query];
    }

    public void Dispose()
    {
    }
}

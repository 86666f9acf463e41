using System.Buffers;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Formats.Labels;

/// <summary>A picture whose rows lie in an array that is given back when it is disposed.</summary>
/// <param name="raster">The picture; not to be used afterwards.</param>
/// <param name="pool">Where its array is from; null when it is its own.</param>
internal sealed class RentedRaster(Raster raster, ArrayPool<byte>? pool) : IDisposable
{
    /// <summary>The picture.</summary>
    public Raster Raster => raster;

    /// <inheritdoc/>
    public void Dispose() => pool?.Return(raster.Rows);
}

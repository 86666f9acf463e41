using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>A way to segment pictures, with its networks loaded. Safe for many callers.</summary>
internal interface ISegmentationMethod : IDisposable
{
    /// <summary><c>automask</c>, <c>car</c>, <c>frozenseg</c>, <c>fcclip</c>, <c>sam3</c>, <c>fused</c>.</summary>
    string Name { get; }

    /// <summary>What a user should know of an answer before it is there; it comes with the answer too.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="order">What to find.</param>
    IReadOnlyList<string> Forewarnings(PixelImage image, SegmentationOrder order) => [];

    /// <summary>Segments one picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="order">What to find.</param>
    /// <param name="progress">Told the share done, 0..1; null for nobody.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="SegmentationProblemException">The order asks for something this method cannot give.</exception>
    SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation);
}

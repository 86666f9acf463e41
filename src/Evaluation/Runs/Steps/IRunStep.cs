using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>One call of the method. What it found is on disk when it is done, whole or not at all.</summary>
internal interface IRunStep
{
    /// <summary>Whether an earlier run has done it.</summary>
    bool IsDone { get; }

    /// <summary>Does it.</summary>
    void Work(ImageReader reader, ISegmentationMethod method, CancellationToken cancellation);
}

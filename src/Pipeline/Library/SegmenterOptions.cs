using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg;

/// <summary>How a <see cref="Segmenter"/> works. Read once, when it is made.</summary>
public sealed class SegmenterOptions
{
    /// <summary>Most pictures that are worked on at once; each takes every core it is given. Default: 1.</summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>Which networks. Default: those of the package FrozenSeg.Nano.</summary>
    public ModelSelection Models { get; set; } = ModelSelection.Default;

    /// <summary>Device, precision, threads and memory. Default: a GPU if there is one, float32, every core.</summary>
    public RuntimeOptions Runtime { get; set; } = new();

    /// <summary>What a picture may cost. Default: 64 MiB, 50 million pixels, 32,768 a side.</summary>
    public ImageLimits Limits { get; set; } = ImageLimits.Default;

    /// <summary>Everything that makes these options unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        if (Parallelism is < 1 or > 1024)
            yield return Problem(nameof(Parallelism), $"{Parallelism} is not a number of pictures", "Use 1 to 1024");
        if (Models is null)
            yield return Problem(nameof(Models), "it is missing", "Leave it at its default, or name networks");
        if (Limits is null)
            yield return Problem(nameof(Limits), "it is missing", "Leave it at its default");
        if (Runtime is null)
        {
            yield return Problem(nameof(Runtime), "it is missing", "Leave it at its default");
            yield break;
        }

        foreach (SegmentationProblem problem in Runtime.Problems())
            yield return problem;
    }

    private static SegmentationProblem Problem(string option, string found, string remedy) =>
        new($"{nameof(SegmenterOptions)}.{option}", found, remedy);
}

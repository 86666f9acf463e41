using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>The codecs this build and this machine have.</summary>
public static partial class ImageCodecs
{
    private static readonly Lazy<IReadOnlyList<IImageCodec>> All = new(Find);

    /// <summary>All usable codecs, the preferred one first; ImageSharp before libvips.</summary>
    public static IReadOnlyList<IImageCodec> Available => All.Value;

    /// <summary>The preferred codec.</summary>
    /// <exception cref="SegmentationProblemException">There is none.</exception>
    public static IImageCodec Default => Available.Count > 0
        ? Available[0]
        : throw new SegmentationProblem(
            ProblemKind.Unavailable,
            "imaging",
            "this build holds neither ImageSharp nor the libvips library",
            "Build with ./run.sh, which fetches one of them").ToException();

    private static List<IImageCodec> Find()
    {
        var codecs = new List<IImageCodec>();
        AddImageSharp(codecs);
        if (Libvips.LibvipsCodec.IsPresent)
            codecs.Add(new Libvips.LibvipsCodec());
        return codecs;
    }

    // Implemented beside the codec, which is compiled only where its package can be had.
    static partial void AddImageSharp(ICollection<IImageCodec> codecs);
}

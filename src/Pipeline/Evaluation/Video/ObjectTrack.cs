namespace FrozenSeg.Pipeline.Evaluation.Video;

/// <summary>The measures of one object, frame by frame.</summary>
internal sealed class ObjectTrack
{
    private readonly List<double> _regions = [], _boundaries = [];

    /// <summary>Region similarity J of each frame.</summary>
    public IReadOnlyList<double> Regions => _regions;

    /// <summary>Boundary accuracy F of each frame.</summary>
    public IReadOnlyList<double> Boundaries => _boundaries;

    /// <summary>Adds the next frame.</summary>
    public void Add(double region, double boundary)
    {
        _regions.Add(region);
        _boundaries.Add(boundary);
    }
}

namespace FrozenSeg.Evaluation.Video;

/// <summary>The measures of one object, frame by frame.</summary>
internal sealed class ObjectTrack
{
    private readonly List<double> _regions = [], _boundaries = [];

    /// <summary>Region similarity J of each frame.</summary>
    public IReadOnlyList<double> Regions => _regions;

    /// <summary>Boundary accuracy F of each frame.</summary>
    public IReadOnlyList<double> Boundaries => _boundaries;

    /// <summary>Mean of J and F over all frames.</summary>
    public double Mean => _regions.Count == 0 ? 0 : (_regions.Average() + _boundaries.Average()) / 2;

    /// <summary>Adds the next frame.</summary>
    public void Add(double region, double boundary)
    {
        _regions.Add(region);
        _boundaries.Add(boundary);
    }

    /// <summary>A track with the same frames that goes on by itself.</summary>
    public ObjectTrack Copy()
    {
        var copy = new ObjectTrack();
        copy._regions.AddRange(_regions);
        copy._boundaries.AddRange(_boundaries);
        return copy;
    }
}

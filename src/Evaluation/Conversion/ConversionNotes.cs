namespace FrozenSeg.Evaluation.Conversion;

/// <summary>What a conversion has to tell besides its files.</summary>
internal sealed class ConversionNotes
{
    private readonly List<string> _warnings = [];
    private readonly List<double> _overlaps = [];

    /// <summary>What the form could not hold.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>IoU of each mask with its polygons.</summary>
    public IReadOnlyList<double> Overlaps => _overlaps;

    /// <summary>Says what the form could not hold.</summary>
    public void Warn(string warning) => _warnings.Add(warning);

    /// <summary>Notes how well polygons keep a mask.</summary>
    public void Compare(double overlap) => _overlaps.Add(overlap);
}

namespace FrozenSeg.Golden;

/// <summary>One comparison inside a case.</summary>
/// <param name="What">The array or property compared.</param>
/// <param name="Worst">Largest deviation, in the unit of <paramref name="Tolerance"/>.</param>
/// <param name="Tolerance">What is accepted; 0 asks for equality.</param>
/// <param name="Detail">Where the worst deviation is, or what differs; empty when nothing needs saying.</param>
internal sealed record GoldenCheck(string What, double Worst, double Tolerance, string Detail = "")
{
    // A half float has 13 bits of mantissa less than a float.
    private const double HalfOverFloat = 1 << 13;

    /// <summary>Whether the tolerance is for rounding errors of float32 arithmetic.</summary>
    public bool IsRounding { get; init; }

    /// <summary>
    /// The same comparison of a network that computed in float16: as many units in the last place are accepted.
    /// </summary>
    public GoldenCheck InHalfPrecision() => IsRounding ? this with { Tolerance = Tolerance * HalfOverFloat } : this;

    /// <summary>Whether the deviation is accepted. NaN is not.</summary>
    public bool Passed => Worst <= Tolerance;

    /// <summary>How close to the limit, 1 being at it; for picking the check to report.</summary>
    public double Strain => !Passed ? double.PositiveInfinity : Tolerance == 0 ? 0 : Worst / Tolerance;
}

namespace FrozenSeg.Golden;

/// <summary>One comparison inside a case.</summary>
/// <param name="What">The array or property compared.</param>
/// <param name="Worst">Largest deviation, in the unit of <paramref name="Tolerance"/>.</param>
/// <param name="Tolerance">What is accepted; 0 asks for equality.</param>
/// <param name="Detail">Where the worst deviation is, or what differs; empty when nothing needs saying.</param>
internal sealed record GoldenCheck(string What, double Worst, double Tolerance, string Detail = "")
{
    /// <summary>Whether the deviation is accepted. NaN is not.</summary>
    public bool Passed => Worst <= Tolerance;

    /// <summary>How close to the limit, 1 being at it; for picking the check to report.</summary>
    public double Strain => !Passed ? double.PositiveInfinity : Tolerance == 0 ? 0 : Worst / Tolerance;
}

namespace FrozenSeg.Shared.Problems;

/// <summary>
/// An expected failure as data: one line a person can act on. Bad input becomes one of these; a bug throws
/// something else.
/// </summary>
/// <param name="Kind">What sort of failure.</param>
/// <param name="Where">The file, option or field the problem is in, for instance <c>photo.jpg</c>.</param>
/// <param name="Found">What was found there, in words.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record SegmentationProblem(ProblemKind Kind, string Where, string Found, string Remedy)
{
    /// <summary>Where, what and what to do, on one line.</summary>
    public string Message => $"{Where}: {Found}. {Remedy}.";

    /// <inheritdoc cref="Message"/>
    public override string ToString() => Message;

    /// <summary>The exception that carries this problem to the edge of the process.</summary>
    public SegmentationProblemException ToException(Exception? cause = null) => new([this], cause);
}

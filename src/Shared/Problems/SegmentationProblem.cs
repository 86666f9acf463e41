namespace FrozenSeg.Shared.Problems;

/// <summary>
/// An expected failure as data: one line a person can act on. Bad input becomes one of these; a bug throws
/// something else. Whatever text it is given, its own is clean and short (<see cref="ProblemText"/>).
/// </summary>
/// <param name="Kind">What sort of failure.</param>
/// <param name="Where">The file, option or field the problem is in, for instance <c>photo.jpg</c>; at most 300
/// characters.</param>
/// <param name="Found">What was found there, in words; at most 1,000 characters.</param>
/// <param name="Remedy">What to do about it; at most 600 characters.</param>
public sealed record SegmentationProblem(ProblemKind Kind, string Where, string Found, string Remedy)
{
    private const int MostWhere = 300, MostFound = 1_000, MostRemedy = 600;

    /// <summary>A problem of what was asked for: a value is missing, out of range or contradicts another one.</summary>
    internal SegmentationProblem(string where, string found, string remedy)
        : this(ProblemKind.InvalidRequest, where, found, remedy)
    {
    }

    /// <summary>The file, option or field the problem is in.</summary>
    public string Where { get; init => field = ProblemText.Clean(value, MostWhere); } = ProblemText.Clean(
        Where, MostWhere);

    /// <summary>What was found there.</summary>
    public string Found { get; init => field = ProblemText.Clean(value, MostFound); } = ProblemText.Clean(
        Found, MostFound);

    /// <summary>What to do about it.</summary>
    public string Remedy { get; init => field = ProblemText.Clean(value, MostRemedy); } = ProblemText.Clean(
        Remedy, MostRemedy);

    /// <summary>Where, what and what to do, on one line.</summary>
    public string Message => $"{Where}: {Found}. {Remedy}.";

    /// <inheritdoc cref="Message"/>
    public override string ToString() => Message;

    /// <summary>To be thrown: <see cref="ProblemKind.InvalidRequest"/>.</summary>
    internal static SegmentationProblemException InvalidRequest(
        string where, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(ProblemKind.InvalidRequest, where, found, remedy).ToException(cause);

    /// <summary>To be thrown: <see cref="ProblemKind.InvalidImage"/>.</summary>
    internal static SegmentationProblemException InvalidImage(
        string where, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(ProblemKind.InvalidImage, where, found, remedy).ToException(cause);

    /// <summary>To be thrown: <see cref="ProblemKind.InvalidModel"/>.</summary>
    internal static SegmentationProblemException InvalidModel(
        string where, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(ProblemKind.InvalidModel, where, found, remedy).ToException(cause);

    /// <summary>To be thrown: <see cref="ProblemKind.Storage"/>.</summary>
    internal static SegmentationProblemException Storage(
        string where, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(ProblemKind.Storage, where, found, remedy).ToException(cause);

    /// <summary>To be thrown: <see cref="ProblemKind.Unavailable"/>.</summary>
    internal static SegmentationProblemException Unavailable(
        string where, string found, string remedy, Exception? cause = null) =>
        new SegmentationProblem(ProblemKind.Unavailable, where, found, remedy).ToException(cause);

    /// <summary>The exception that carries this problem to the edge of the process.</summary>
    public SegmentationProblemException ToException(Exception? cause = null) => new([this], cause);
}

namespace FrozenSeg.Serving.Http.Documents;

/// <summary>A refusal as RFC 9457 describes it, with everything that is wrong in <c>errors</c>.</summary>
/// <param name="Type">What sort of refusal.</param>
/// <param name="Title">The same for people.</param>
/// <param name="Status">The status code.</param>
/// <param name="Detail">Everything that is wrong, in lines.</param>
/// <param name="Instance">The address that was asked.</param>
/// <param name="Errors">Everything that is wrong.</param>
internal sealed record ProblemDocument(
    string Type, string Title, int Status, string Detail, string? Instance, IReadOnlyList<ProblemItem> Errors);

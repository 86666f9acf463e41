namespace FrozenSeg.Shared.Results;

/// <summary>Which network made a result.</summary>
/// <param name="Role">What it did, for instance <c>sam</c>, <c>clip</c>, <c>decoder</c>.</param>
/// <param name="Name">Its name; says when it is not trained.</param>
/// <param name="Sha256">Hash of its weight file, lower-case hex; null when it has none.</param>
public sealed record ModelStamp(string Role, string Name, string? Sha256)
{
    /// <summary>Licence of its weights, where that limits what they may be used for; null otherwise.</summary>
    public string? Licence { get; init; }
}

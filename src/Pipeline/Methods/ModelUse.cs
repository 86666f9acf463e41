namespace FrozenSeg.Pipeline.Methods;

/// <summary>The network that is used for a role.</summary>
/// <param name="Role">The role's published name.</param>
/// <param name="Name">A name of the catalogue or a weight file; null for none.</param>
/// <param name="Reason">What chose it; empty for the program itself.</param>
internal sealed record ModelUse(string Role, string? Name, string Reason);

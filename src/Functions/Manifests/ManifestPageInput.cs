namespace FrozenSeg.Functions.Manifests;

/// <summary>Names a page.</summary>
/// <param name="Id">Id of the manifest.</param>
/// <param name="Page">The page, from 0.</param>
internal sealed record ManifestPageInput(string Id, int Page);

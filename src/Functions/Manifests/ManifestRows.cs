namespace FrozenSeg.Functions.Manifests;

/// <summary>The rows of one page.</summary>
/// <param name="Id">Id of the manifest.</param>
/// <param name="Page">The page.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ManifestRows(string Id, int Page, IReadOnlyList<ManifestRow> Rows);

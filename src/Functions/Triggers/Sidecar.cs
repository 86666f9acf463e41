namespace FrozenSeg.Functions.Triggers;

/// <summary>The options that lie beside an upload.</summary>
/// <param name="Version">What changes when they do.</param>
/// <param name="Content">JSON; null when there is more of it than the service reads.</param>
internal sealed record Sidecar(string Version, byte[]? Content);

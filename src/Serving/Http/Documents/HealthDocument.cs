namespace FrozenSeg.Serving.Http.Documents;

/// <summary>How the service is.</summary>
/// <param name="Status"><c>ready</c> or <c>unhealthy</c>.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="Provider">Execution provider in use.</param>
/// <param name="ProviderReason">Why it is not the GPU, when a GPU was looked for.</param>
/// <param name="ModelsLoaded">The networks that are loaded now; they are loaded when first needed.</param>
/// <param name="Unfinished">Segmentations that wait or are at work.</param>
/// <param name="Reason">What is wrong; null when nothing is.</param>
public sealed record HealthDocument(
    string Status,
    string Version,
    string Provider,
    string? ProviderReason,
    IReadOnlyList<string> ModelsLoaded,
    int? Unfinished,
    string? Reason);

namespace FrozenSeg.Serving.Http.Documents;

/// <summary>How the service is.</summary>
/// <param name="Status"><c>ready</c> or <c>unhealthy</c>.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="Provider">Execution provider in use.</param>
/// <param name="ProviderReason">Why it is not the GPU, when a GPU was looked for.</param>
/// <param name="ModelsLoaded">The networks that are loaded now; they are loaded when first needed.</param>
/// <param name="Queue">How many segmentations have not ended.</param>
/// <param name="Folder">How full the folder of the service is.</param>
/// <param name="Reason">What is wrong; null when nothing is.</param>
internal sealed record HealthDocument(
    string Status,
    string Version,
    string? Provider,
    string? ProviderReason,
    IReadOnlyList<string>? ModelsLoaded,
    QueueLoad? Queue,
    FolderLoad? Folder,
    string? Reason)
{
    /// <summary>As much of it as anybody may know.</summary>
    public HealthDocument ForStrangers() => new(Status, Version, null, null, null, null, null, null);
}

namespace FrozenSeg.Shared.Requests;

/// <summary>
/// A blob in the service's own storage account; on one machine, a file below the folder that stands for it.
/// </summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The blob, with its virtual folders.</param>
/// <param name="ETag">The version meant; null takes the newest.</param>
internal sealed record BlobAddress(string Container, string Name, string? ETag = null);

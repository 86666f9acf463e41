namespace FrozenSeg.Serving.Http.Documents;

/// <summary>A network the service uses.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Name">File name, or name; never the path.</param>
internal sealed record ModelEntry(string Role, string? Name);

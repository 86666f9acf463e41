namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>A published model, or one that comes with the program.</summary>
/// <param name="Name">What it is called in the catalogue.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Source">Page of its authors.</param>
/// <param name="Licence">Licence of the weights.</param>
/// <param name="Note">What else to know; null for nothing.</param>
/// <param name="Files">Its files, one a role.</param>
internal sealed record ModelDescriptor(
    string Name, string Title, string Source, string Licence, string? Note, IReadOnlyList<ModelFileDescriptor> Files)
{
    /// <summary>Whether it comes with the program.</summary>
    public bool IsBundled { get; init; }

    /// <summary>Its file for a role, or null.</summary>
    public ModelFileDescriptor? FileFor(ModelRole role) => Files.FirstOrDefault(file => file.Role == role);
}

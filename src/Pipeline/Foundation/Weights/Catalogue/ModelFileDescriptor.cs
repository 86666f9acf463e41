namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>One file of a model.</summary>
/// <param name="Role">What it is used as.</param>
/// <param name="FileName">What it is called on disk.</param>
/// <param name="Url">Where it is fetched from; null when it comes with the program.</param>
/// <param name="Size">Bytes; null when the source does not state them.</param>
/// <param name="Sha256">Lower-case hex; null when none is published.</param>
internal sealed record ModelFileDescriptor(ModelRole Role, string FileName, string? Url, long? Size, string? Sha256)
{
    /// <summary>
    /// The same network elsewhere, perhaps in another file: tried in this order when the address does not answer.
    /// </summary>
    public IReadOnlyList<ModelFileDescriptor> Alternatives { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The ONNX files in the archive at <see cref="Url"/> that the weights are read from; null for a weight file.
    /// </summary>
    public ModelExport? Export { get; init; }
}

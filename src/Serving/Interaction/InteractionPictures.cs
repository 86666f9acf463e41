using System.Collections.Concurrent;
using FrozenSeg.Pipeline.Families.Sam.Interaction;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Interaction;

/// <summary>
/// The pictures people click on, by the hash of their file: in the store, and opened when first asked for. Safe for
/// many callers.
/// </summary>
/// <param name="store">Where pictures lie.</param>
/// <param name="runner">Knows segmentations.</param>
/// <param name="library">The networks.</param>
/// <param name="limits">What a picture may cost.</param>
internal sealed class InteractionPictures(
    IArtefactStore store, ISegmentationRunner runner, ModelLibrary library, ImageLimits limits)
{
    private const string Folder = "images";

    // What is forgotten is opened again; a few hundred bytes each.
    private const int MostOpen = 10_000;

    private readonly ImageReader _reader = new(limits);
    private readonly ConcurrentDictionary<string, InteractivePicture> _open = new(StringComparer.Ordinal);

    /// <summary>Keeps a picture.</summary>
    /// <returns>Its id, and the picture.</returns>
    public async Task<(string Id, InteractivePicture Picture)> AddAsync(
        FetchedPicture picture, CancellationToken cancellation)
    {
        limits.CheckLength(picture.Content.Length, picture.Name);
        PixelImage pixels = _reader.Read(picture.Content, picture.Name);
        ArtefactKey key = ArtefactKey.OfContent(Folder, picture.Content, "");
        await store.PutAsync(key, picture.Content, cancellation);
        string id = Path.GetFileName(key.Value);
        return (id, Remember(id, pixels));
    }

    /// <summary>A picture by its id, or by a segmentation of it.</summary>
    /// <exception cref="SegmentationProblemException">Neither or both are given, or nothing is known of it.</exception>
    public async Task<(string Id, InteractivePicture Picture)> FindAsync(
        string? image, string? segmentation, CancellationToken cancellation)
    {
        if (image is null == segmentation is null)
            throw SegmentationProblem.InvalidRequest(
                "image",
                "give either the id of a picture or a segmentation",
                "Send the picture to /api/embeddings first");
        string id = image ?? (await ResultAsync(segmentation!, cancellation)).Image.Sha256;
        if (_open.TryGetValue(id, out InteractivePicture? known))
            return (id, known);
        if (id.Length != 64
            || !id.All(char.IsAsciiHexDigitLower)
            || await store.FindAsync(KeyOf(id), cancellation) is null)
            throw SegmentationProblem.InvalidRequest(
                "image", "there is no such picture", "Send it to /api/embeddings; old ones are removed");
        return (id, Remember(id, Load(id)));
    }

    /// <summary>The document of a segmentation that has one.</summary>
    /// <exception cref="SegmentationProblemException">There is no such segmentation, or it has no result.</exception>
    public async Task<SegmentationResult> ResultAsync(string segmentation, CancellationToken cancellation)
    {
        SegmentationStatus? status = SegmentationId.IsValid(segmentation)
            ? await runner.FindAsync(segmentation, cancellation)
            : null;
        if (status is null)
            throw SegmentationProblem.InvalidRequest(
                "segmentation", "there is no such segmentation", "Check the id; old ones are removed");
        return status.Files.TryGetValue(ResultWriter.ResultName, out ArtefactReference? file)
            ? ResultJsonContext.Read(await store.GetAsync(ArtefactKey.Parse(file.Key), cancellation))
            : throw SegmentationProblem.InvalidRequest("segmentation", "it has no result", "Wait for its end");
    }

    private InteractivePicture Remember(string id, PixelImage pixels)
    {
        if (_open.Count >= MostOpen)
            _open.Clear();
        return _open.GetOrAdd(id, _ => InteractivePicture.Open(library, pixels, () => Load(id)));
    }

    // The network that is waiting for it has a thread of its own.
    private PixelImage Load(string id) =>
        _reader.Read(store.GetAsync(KeyOf(id), CancellationToken.None).GetAwaiter().GetResult(), "image");

    private static ArtefactKey KeyOf(string id) => ArtefactKey.Parse($"{Folder}/{id}");
}

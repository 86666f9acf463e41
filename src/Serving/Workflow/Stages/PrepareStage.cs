using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>Fetches the picture, looks at its header, and keeps the file as it came.</summary>
internal sealed class PrepareStage(StageServices services, StoredDocuments documents)
    : IStage<SegmentationJob, PreparedPicture>
{
    private const string Folder = "images", DefaultName = "image";

    public string Name => StageNames.Prepare;

    // What an address gives may change: only the same segmentation may use it again.
    public ArtefactKey? ReceiptKey(SegmentationJob input) =>
        ArtefactKey.Derive("receipts", ".json", Name, input.Id, input.Request.Key);

    public async Task<PreparedPicture> RunAsync(
        SegmentationJob input, IProgress<double> progress, CancellationToken cancellation)
    {
        ImageSource source = (await documents.RequestAsync(input.Request, cancellation)).Image!;
        FetchedPicture picture = await FetchAsync(source, cancellation);
        services.Limits.CheckLength(picture.Content.Length, picture.Name);
        ImageHeader header = ImageHeader.Read(picture.Content, picture.Name);
        if (!LargePictures.Takes(services, picture.Content, header))
            services.Limits.CheckSize(header, picture.Name);
        else if (input.Method == SegmentFusion.MethodName)
            throw LargePictures.NotFused(picture.Name);

        ArtefactKey key = ArtefactKey.OfContent(Folder, picture.Content, "");
        ArtefactReference image = source.Artefact?.Key == key.Value
            ? source.Artefact
            : await services.Store.PutAsync(key, picture.Content, cancellation);
        return new PreparedPicture(image, Describe(picture.Name, key, header));
    }

    private async Task<FetchedPicture> FetchAsync(ImageSource source, CancellationToken cancellation)
    {
        if (source.Artefact is ArtefactReference stored)
            return new FetchedPicture(source.Name ?? DefaultName, await documents.BytesAsync(stored, cancellation));
        if (services.Fetcher is null)
        {
            throw SegmentationProblem.InvalidRequest(
                "image", "this service fetches no pictures", "Send the picture itself");
        }

        FetchedPicture fetched = await services.Fetcher.FetchAsync(source, cancellation);
        return source.Name is null ? fetched : fetched with { Name = source.Name };
    }

    private static ResultImage Describe(string name, ArtefactKey key, ImageHeader header)
    {
        bool isTransposed = header.Orientation >= ExifOrientation.LeftTop;
        return new ResultImage(
            name,
            isTransposed ? header.Height : header.Width,
            isTransposed ? header.Width : header.Height,
            Path.GetFileName(key.Value),
            (int)header.Orientation);
    }
}

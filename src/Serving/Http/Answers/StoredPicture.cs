using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Results;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>
/// The picture of a segmentation as a browser can show it: as it came, or as PNG where no browser knows its form.
/// </summary>
internal static class StoredPicture
{
    /// <summary>Answers with the picture that a result names.</summary>
    public static async Task<IResult> AnswerAsync(
        IArtefactStore store, ArtefactReference result, CancellationToken cancellation)
    {
        SegmentationResult document = ResultJsonContext.Read(
            await store.GetAsync(ArtefactKey.Parse(result.Key), cancellation));
        byte[] content = await store.GetAsync(ArtefactKey.Parse($"images/{document.Image.Sha256}"), cancellation);
        string? type = TypeOf(content);
        if (type is null)
        {
            PixelImage pixels = ImageReader.CreateDefault().Read(content, document.Image.Name);
            (content, type) = (ImageCodec.EncodePng(pixels), "image/png");
        }

        return new ApiResult(StatusCodes.Status200OK, type, content)
        {
            Headers = { ["Cache-Control"] = "private, max-age=3600, immutable" },
        };
    }

    private static string? TypeOf(ReadOnlySpan<byte> content) => content switch
    {
        _ when content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) => "image/png",
        _ when content.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]) => "image/jpeg",
        _ when content.StartsWith("RIFF"u8) => "image/webp",
        _ when content.StartsWith("GIF8"u8) => "image/gif",
        _ => null,
    };
}

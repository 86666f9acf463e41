using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>
/// Reads a request from a body: a form with the parts <c>image</c> and <c>options</c>, or JSON alone. A picture that is
/// a part goes to the store as it comes; what is held is taken from the budget first, and is never more than the limits
/// allow.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="store">Where pictures go.</param>
internal sealed class UploadReader(ApiOptions options, IArtefactStore store)
{
    private const string ImagePart = "image", OptionsPart = "options", ImageFolder = "images";
    private const int MaxBoundaryLength = 200, Chunk = 1 << 16;

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiProblemException">The body is too large, or neither form nor JSON; or too much is on its
    /// way.</exception>
    /// <exception cref="SegmentationProblemException">The request cannot be read.</exception>
    public async Task<UploadedRequest> ReadAsync(HttpRequest request, ByteShare share, CancellationToken cancellation)
    {
        if (request.ContentLength > options.MaxBodyBytes)
            throw LimitedStream.TooLarge("request", options.MaxBodyBytes);
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding and not "identity")
            throw NotTaken($"it is compressed ({encoding})", "Send it as it is");
        MediaTypeHeaderValue? type = MediaTypeHeaderValue.TryParse(
            request.ContentType, out MediaTypeHeaderValue? parsed) ? parsed : null;
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            return await ReadFormAsync(request, type, share, cancellation);
        if (type is null || IsJson(type))
        {
            ReadOnlyMemory<byte> json = await ReadAllAsync(
                request.Body, request.ContentLength, options.MaxBodyBytes, "request", share, cancellation);
            // The picture is decoded beside its base64, which is a third longer.
            share.Grow(json.Length * 3L / 4);
            return new UploadedRequest(RequestJsonContext.Read(json.Span, "request"), null);
        }

        throw NotTaken(
            $"its type is {type.MediaType}",
            "Send multipart/form-data with the parts image and options, or application/json");
    }

    private static ApiProblemException NotTaken(string found, string remedy) =>
        new(StatusCodes.Status415UnsupportedMediaType, new SegmentationProblem("request", found, remedy));

    private async Task<UploadedRequest> ReadFormAsync(
        HttpRequest request, MediaTypeHeaderValue type, ByteShare share, CancellationToken cancellation)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength)
            throw SegmentationProblem.InvalidRequest(
                "request", "the form has no boundary", "Send a form as curl -F does");
        var form = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8192 };
        SegmentationRequest? read = null;
        StagedPicture? picture = null;
        try
        {
            while (await form.ReadNextSectionAsync(cancellation) is MultipartSection section)
            {
                (string name, string? file) = Names(section);
                if (name == OptionsPart && read is null)
                    read = await ReadOptionsAsync(section.Body, share, cancellation);
                else if (name == ImagePart && picture is null)
                    picture = new StagedPicture(file ?? ImagePart, await StageAsync(section.Body, share, cancellation));
                else
                    throw SegmentationProblem.InvalidRequest(
                        "request",
                        name is ImagePart or OptionsPart
                            ? $"the form has the part '{name}' twice"
                            : $"the form has the part '{ProblemText.Clean(name, 40)}', which is not known",
                        "Send image and options, each once");
            }

            return new UploadedRequest(read ?? new SegmentationRequest(), picture);
        }
        catch (Exception failure)
        {
            if (picture is not null)
                await picture.Content.DisposeAsync();
            if (failure is (InvalidDataException or IOException) and not BadHttpRequestException)
                throw SegmentationProblem.InvalidRequest(
                    "request", "the form is damaged or cut short", "Send it again", failure);
            throw;
        }
    }

    private async Task<SegmentationRequest> ReadOptionsAsync(
        Stream body, ByteShare share, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> json = await ReadAllAsync(
            body, null, options.MaxOptionsBytes, OptionsPart, share, cancellation);
        return RequestJsonContext.Read(json.Span, OptionsPart);
    }

    private Task<IStagedArtefact> StageAsync(Stream body, ByteShare share, CancellationToken cancellation) =>
        store.StageAsync(
            ImageFolder,
            new LimitedStream(body, options.MaxImageBytes, ImagePart, store.HoldsWhatIsStaged ? share : null),
            cancellation);

    private static (string Name, string? File) Names(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(
            section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
            return ("", null);
        string? file = (disposition.FileNameStar.HasValue
            ? disposition.FileNameStar
            : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName)).Value;
        return (HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), string.IsNullOrEmpty(file) ? null : file);
    }

    // Whoever says how much it is gets exactly that.
    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(
        Stream body, long? length, long limit, string where, ByteShare share, CancellationToken cancellation)
    {
        if (length is long announced)
            share.Grow(announced);
        using var limited = new LimitedStream(body, limit, where, length is null ? share : null);
        using var content = new MemoryStream(checked((int)(length ?? Chunk)));
        await limited.CopyToAsync(content, Chunk, cancellation);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
}

using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// Reads a request from a body: a form with the parts <c>image</c> and <c>options</c>, or JSON alone. Never holds more than
/// the limits allow.
/// </summary>
/// <param name="options">The limits.</param>
internal sealed class UploadReader(ApiOptions options)
{
    private const string ImagePart = "image", OptionsPart = "options";
    private const int MaxBoundaryLength = 200, Chunk = 1 << 16;

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiProblemException">The body is too large, or neither form nor JSON.</exception>
    /// <exception cref="SegmentationProblemException">The request cannot be read.</exception>
    public async Task<UploadedRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > options.MaxBodyBytes)
            throw TooLarge("request", options.MaxBodyBytes);
        MediaTypeHeaderValue? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? parsed) ? parsed : null;
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            return await ReadFormAsync(request, type, cancellation);
        if (type is null || IsJson(type))
        {
            byte[] json = await ReadAllAsync(request.Body, options.MaxBodyBytes, "request", cancellation);
            return new UploadedRequest(RequestJsonContext.Read(json, "request"), null);
        }

        throw new ApiProblemException(
            StatusCodes.Status415UnsupportedMediaType,
            Problem("request", $"its type is {type.MediaType}", "Send multipart/form-data with the parts image and options, or application/json"));
    }

    private async Task<UploadedRequest> ReadFormAsync(HttpRequest request, MediaTypeHeaderValue type, CancellationToken cancellation)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength)
            throw Problem("request", "the form has no boundary", "Send a form as curl -F does").ToException();
        var form = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8192 };
        SegmentationRequest? read = null;
        FetchedPicture? picture = null;
        try
        {
            while (await form.ReadNextSectionAsync(cancellation) is MultipartSection section)
            {
                (string name, string? file) = Names(section);
                if (name == OptionsPart && read is null)
                    read = RequestJsonContext.Read(await ReadAllAsync(section.Body, options.MaxOptionsBytes, name, cancellation), name);
                else if (name == ImagePart && picture is null)
                    picture = new FetchedPicture(file ?? ImagePart, await ReadAllAsync(section.Body, options.MaxImageBytes, name, cancellation));
                else
                    throw Problem("request", $"the form has the part '{name}' twice or for nothing", "Send image and options, each once").ToException();
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException && failure is not BadHttpRequestException)
        {
            throw Problem("request", "the form is damaged or cut short", "Send it again").ToException(failure);
        }

        return new UploadedRequest(read ?? new SegmentationRequest(), picture);
    }

    private static (string Name, string? File) Names(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
            return ("", null);
        string? file = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;
        return (HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), string.IsNullOrEmpty(file) ? null : file);
    }

    private static async Task<byte[]> ReadAllAsync(Stream body, long limit, string where, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        byte[] chunk = new byte[Chunk];
        while (await body.ReadAsync(chunk, cancellation) is int count and > 0)
        {
            if (content.Length + count > limit)
                throw TooLarge(where, limit);
            content.Write(chunk, 0, count);
        }

        return content.ToArray();
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static ApiProblemException TooLarge(string where, long limit) => new(
        StatusCodes.Status413PayloadTooLarge, Problem(where, $"it has more than {limit:N0} bytes", "Compress or shrink the picture"));

    private static SegmentationProblem Problem(string where, string found, string remedy) =>
        new(ProblemKind.InvalidRequest, where, found, remedy);
}

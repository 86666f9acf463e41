using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>An answer: status, headers, bytes.</summary>
/// <param name="statusCode">The status code.</param>
/// <param name="contentType">Type of the body.</param>
/// <param name="body">The body.</param>
internal sealed class ApiResult(int statusCode, string contentType, ReadOnlyMemory<byte> body) : IResult
{
    /// <summary>Headers besides the content's.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        // No other site's page may take this in, as a picture or as a script.
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!Headers.ContainsKey("Cache-Control"))
            response.Headers.CacheControl = "no-store";
        foreach ((string name, string value) in Headers)
            response.Headers[name] = value;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

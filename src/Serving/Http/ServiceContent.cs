using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Serving.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http;

/// <summary>The files the service brings along: its page, its description, the schema of results.</summary>
internal static class ServiceContent
{
    private const string NonceMark = "{{nonce}}";

    // In the order they build on each other.
    private static readonly string[] Scripts =
        ["base.js", "masks.js", "prompts.js", "view.js", "segments.js", "request.js", "runs.js", "main.js"];

    private static readonly Lazy<string> PageText = new(AssemblePage);
    private static readonly Lazy<byte[]> OpenApiBytes = new(() => Read("openapi.json"));
    private static readonly Lazy<byte[]> SchemaBytes = new(() => Read("result.schema.json"));

    /// <summary>OpenAPI description of the API.</summary>
    public static IResult OpenApi() => new ApiResult(StatusCodes.Status200OK, "application/json", OpenApiBytes.Value);

    /// <summary>JSON schema of <c>result.json</c>.</summary>
    public static IResult Schema() =>
        new ApiResult(StatusCodes.Status200OK, "application/schema+json", SchemaBytes.Value);

    /// <summary>
    /// The page. Nothing but its own script and style runs in it, and it talks to nobody but this service.
    /// </summary>
    public static IResult Page()
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        byte[] body = Encoding.UTF8.GetBytes(PageText.Value.Replace(NonceMark, nonce, StringComparison.Ordinal));
        return new ApiResult(StatusCodes.Status200OK, "text/html; charset=utf-8", body)
        {
            Headers =
            {
                ["Content-Security-Policy"] =
                    $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' blob: "
                        + "data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                ["Referrer-Policy"] = "no-referrer",
            },
        };
    }

    // One answer, so that one key in the address is enough for all of it.
    private static string AssemblePage()
    {
        string scripts = string.Concat(
            Scripts.Select(name => $"<script nonce=\"{NonceMark}\">\n{Text(name)}</script>\n"));
        return Text("page.html")
            .Replace("{{page.css}}", Text("page.css"), StringComparison.Ordinal)
            .Replace("{{scripts}}", scripts, StringComparison.Ordinal);

        static string Text(string name) => Encoding.UTF8.GetString(Read(name));
    }

    /// <summary>A file by its name.</summary>
    internal static byte[] Read(string name)
    {
        using Stream stream = typeof(ServiceContent).Assembly.GetManifestResourceStream($"FrozenSeg.Serving.{name}")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}

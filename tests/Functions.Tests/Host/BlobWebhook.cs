using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Where Event Grid tells the host of blobs, with the host's demands on what it is told.</summary>
/// <param name="host">The host whose functions are started.</param>
internal sealed class BlobWebhook(FunctionsTestHost host)
{
    /// <summary>The path.</summary>
    public const string Path = "/runtime/webhooks/blobs";

    /// <summary>The key of the blobs extension.</summary>
    public const string Key = "a-system-key";

    private const string FunctionPrefix = "Host.Functions.";

    /// <summary>Takes events.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = await TakeAsync(context.Request, context.RequestAborted);
    }

    private async Task<int> TakeAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Query["code"] != Key)
            return StatusCodes.Status401Unauthorized;
        string called = request.Query["functionName"].ToString();
        WorkerFunction? function = host.FunctionsWith("blobTrigger")
            .FirstOrDefault(known => FunctionPrefix + known.Name == called);
        if (function is null)
            return StatusCodes.Status404NotFound;
        foreach (JsonNode? told in
            (await JsonNode.ParseAsync(request.Body, cancellationToken: cancellation))!.AsArray())
        {
            if (!Enum.TryParse<BlobType>(
                told!["data"]!["blobType"]?.GetValue<string>().Replace("Blob", "", StringComparison.Ordinal), out _))
                return StatusCodes.Status500InternalServerError;
            var blob = new BlobUriBuilder(new Uri(told["data"]!["url"]!.GetValue<string>()));
            await host.RaiseBlobEventAsync(function, blob.BlobContainerName, blob.BlobName, cancellation);
        }

        return StatusCodes.Status202Accepted;
    }
}

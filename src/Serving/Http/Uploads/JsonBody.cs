using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>A JSON document that a caller sends.</summary>
internal static class JsonBody
{
    /// <summary>Answers a body that may hold a picture; as long as it is held it counts as bytes in flight.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">How large it may be.</param>
    /// <param name="answer">Makes the answer of what was sent; null is JSON's null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ApiProblemException">It is too large, or others send as much as can be held.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static async Task<T> AnswerAsync<T>(
        HttpRequest request, ApiOptions options, Func<JsonNode?, Task<T>> answer, CancellationToken cancellation)
    {
        using ByteShare share = options.BytesInFlight.Open();
        using var body = new LimitedStream(request.Body, options.MaxBodyBytes, "request", share);
        return await answer(await JsonNode.ParseAsync(body, cancellationToken: cancellation));
    }

    /// <summary>Reads a small document.</summary>
    /// <exception cref="ApiProblemException">The body is too large.</exception>
    /// <exception cref="SegmentationProblemException">It is not such a document.</exception>
    public static async Task<T> ReadAsync<T>(
        HttpRequest request, int maxBytes, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var content = new MemoryStream();
        byte[] chunk = new byte[1 << 16];
        while (await request.Body.ReadAsync(chunk, cancellation) is int count and > 0)
        {
            if (content.Length + count > maxBytes)
            {
                throw new ApiProblemException(
                    StatusCodes.Status413PayloadTooLarge, new SegmentationProblem(
                        "request", $"it has more than {maxBytes:N0} bytes", "Ask for less at once"));
            }

            content.Write(chunk, 0, count);
        }

        try
        {
            return JsonSerializer.Deserialize(content.GetBuffer().AsSpan(0, (int)content.Length), type)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException failure)
        {
            string at = failure.Path is { Length: > 1 } path ? $" at {path}" : "";
            throw SegmentationProblem.InvalidRequest(
                "request", $"it cannot be read{at}", "Send a JSON object as /api/openapi.json describes", failure);
        }
    }
}

using System.Text.Json;
using Azure.Storage.Blobs;
using FrozenSeg.Functions.Storage;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// Event Grid's word of a blob: <c>{"data":{"url":"https://ACCOUNT.blob.core.windows.net/uploads/NAME",…},…}</c>.
/// </summary>
internal static class UploadEvent
{
    /// <summary>The blob of uploads that an event is about; null when it is about none.</summary>
    public static string? NameOf(string text)
    {
        try
        {
            using JsonDocument told = JsonDocument.Parse(text);
            return told.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("data", out JsonElement data) && data.ValueKind is JsonValueKind.Object
                && data.TryGetProperty("url", out JsonElement url) && url.ValueKind is JsonValueKind.String
                && Uri.TryCreate(url.GetString(), UriKind.Absolute, out Uri? address)
                && new BlobUriBuilder(address) is
                { BlobContainerName: Containers.Uploads, BlobName: { Length: > 0 } name }
                    ? name
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

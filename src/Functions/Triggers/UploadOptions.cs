using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// Reads what is wanted of an upload: from a sidecar <c>NAME.json</c>, a request without its image; otherwise from the
/// metadata of the blob, the same members as text: <c>prompts</c> separated by semicolons, <c>tasks</c> and
/// <c>outputs</c> by commas, settings as <c>setting_NAME</c>.
/// </summary>
internal static class UploadOptions
{
    private const string SettingPrefix = "setting_";

    /// <summary>The request a sidecar holds, without an image.</summary>
    public static SegmentationRequest FromSidecar(ReadOnlySpan<byte> json, string name) =>
        RequestJsonContext.Read(json, name);

    /// <summary>The request that metadata describe, without an image.</summary>
    public static SegmentationRequest FromMetadata(IEnumerable<KeyValuePair<string, string>> metadata, string name)
    {
        var request = new JsonObject();
        var settings = new JsonObject();
        foreach ((string key, string encoded) in metadata)
        {
            string member = key.ToLowerInvariant();
            string value = Uri.UnescapeDataString(encoded);
            if (member.StartsWith(SettingPrefix, StringComparison.Ordinal))
                settings[member[SettingPrefix.Length..]] = value;
            else if (Member(member, value) is JsonNode node)
                request[member] = node;
        }

        if (settings.Count > 0)
            request["settings"] = settings;
        return RequestJsonContext.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), $"metadata of {name}");
    }

    // Metadata nobody here knows belong to somebody else.
    private static JsonNode? Member(string member, string value) => member switch
    {
        "method" or "vocabulary" or "callback" => JsonValue.Create(value),
        "prompts" => Items(value, ';'),
        "tasks" or "outputs" => Items(value, ','),
        "expansion" => JsonValue.Create(bool.TryParse(value, out bool isOn) && isOn),
        _ => null,
    };

    private static JsonArray Items(string value, char separator) =>
        new([.. value.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(item => (JsonNode)JsonValue.Create(item))]);
}

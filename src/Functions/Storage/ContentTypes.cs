namespace FrozenSeg.Functions.Storage;

/// <summary>Content types of the files the service writes.</summary>
internal static class ContentTypes
{
    /// <summary>The type of a file by its extension; bytes when it has none we know.</summary>
    public static string Of(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".jsonl" => "application/x-ndjson",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}

using System.Text.Json;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>What the app's own host.json asks of a host, as far as this one heeds it.</summary>
internal static class HostJson
{
    /// <summary>The setting by which one replica has another version.</summary>
    public const string VersionSetting = "AzureFunctionsJobHost__extensions__durableTask__defaultVersion";

    private static readonly JsonElement Extensions = Read();

    /// <summary>
    /// Whether the host decodes messages of queues; one that it cannot decode never reaches a function.
    /// </summary>
    public static bool DecodesMessages { get; } =
        !Extensions.GetProperty("queues").TryGetProperty("messageEncoding", out JsonElement encoding)
            || encoding.GetString() == "base64";

    /// <summary>Version of a worker that is not told another.</summary>
    public static string Version { get; } = Durable("defaultVersion");

    /// <summary>Most activities at once; here of all workers, in the cloud of each.</summary>
    public static int MaxActivities { get; } =
        Extensions.GetProperty("durableTask").GetProperty("maxConcurrentActivityFunctions").GetInt32();

    /// <summary>
    /// Whether an instance that is newer than its worker is left for another worker, and does not fail.
    /// </summary>
    public static bool LeavesNewerInstances { get; } = Durable("versionFailureStrategy") == "Reject";

    private static string Durable(string name) => Extensions.GetProperty("durableTask").GetProperty(name).GetString()!;

    private static JsonElement Read()
    {
        using JsonDocument host = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(WorkerProcess.ApplicationFolder, "host.json")));
        return host.RootElement.GetProperty("extensions").Clone();
    }
}

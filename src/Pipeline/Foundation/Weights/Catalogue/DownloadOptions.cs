using System.ComponentModel.DataAnnotations;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>How models are fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>Whether nothing is fetched at all; <c>FROZENSEG_OFFLINE=1</c> says so for a whole machine.</summary>
    public bool IsOffline { get; init; } = Environment.GetEnvironmentVariable("FROZENSEG_OFFLINE") is "1" or "true";

    /// <summary>Proxy; null takes <c>HTTPS_PROXY</c> and its like.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How often in a row a connection may fail without a byte gained. 5.</summary>
    [Range(1, 1000)]
    public int Attempts { get; init; } = 5;

    /// <summary>Pause after a failure; grows with each. 2 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which a connection is given up. 60 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}

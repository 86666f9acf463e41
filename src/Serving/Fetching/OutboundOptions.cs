namespace FrozenSeg.Serving.Fetching;

/// <summary>Limits of calls that the service makes on behalf of callers.</summary>
internal sealed record OutboundOptions
{
    /// <summary>Longest time for a whole picture, redirects included; 30 s.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for a callback; 10 s.</summary>
    public TimeSpan CallbackTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Secrets that callbacks are signed with, each <c>whsec_</c> and base64; none signs nothing.</summary>
    public IReadOnlyList<string> CallbackSecrets { get; init; } = [];

    /// <summary>Most redirects that are followed. Default: 5.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Largest picture, bytes; 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;
}

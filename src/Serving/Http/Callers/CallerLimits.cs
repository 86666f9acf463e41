namespace FrozenSeg.Serving.Http.Callers;

/// <summary>What one key, or without keys one address, may ask for.</summary>
internal sealed record CallerLimits
{
    /// <summary>Requests a minute that make the service work. Default: 0, as many as come.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>Segmentations that wait or are at work. Default: 0, as many as come.</summary>
    public int Unfinished { get; init; }
}

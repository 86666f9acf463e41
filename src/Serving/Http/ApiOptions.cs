using FrozenSeg.Serving.Http.Uploads;

namespace FrozenSeg.Serving.Http;

/// <summary>How the HTTP API behaves.</summary>
internal sealed record ApiOptions
{
    /// <summary>Keys of callers; none lets everybody in.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>
    /// Whether a host in front of the service asks for keys of its own, and hands on whom it lets in: on a route that
    /// is open to all callers then look alike. Default: false.
    /// </summary>
    public bool HostAsksForKeys { get; init; }

    /// <summary>
    /// Whether a platform in front of the service names callers, in a header that it takes from everybody else: a
    /// caller that has none is refused. Default: false.
    /// </summary>
    public bool NeedsPrincipal { get; init; }

    /// <summary>Application role that such a caller must have. Default: none.</summary>
    public string? CallerRole { get; init; }

    /// <summary>Largest picture, bytes; 64 MiB.</summary>
    public long MaxImageBytes { get; init; } = 64L << 20;

    /// <summary>Largest request without its picture, bytes; 8 MiB.</summary>
    public int MaxOptionsBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Memory for what callers are sending, all of them together; 512 MiB. A picture that is a part of a form goes to a
    /// folder as it comes and takes none.
    /// </summary>
    public ByteBudget BytesInFlight { get; init; } = new(512L << 20);

    /// <summary>Longest wait that <c>Prefer: wait</c> may ask for; 2 minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most bytes of a request body: the picture in base64, and the rest.</summary>
    public long MaxBodyBytes => (MaxImageBytes * 4 / 3) + MaxOptionsBytes + 4096;
}

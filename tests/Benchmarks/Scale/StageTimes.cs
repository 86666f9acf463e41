namespace FrozenSeg.Benchmarks.Scale;

/// <summary>What a picture asks of the service. Times in seconds, on one network and one core.</summary>
internal sealed record StageTimes
{
    /// <summary>The network. Default: 1, as docs/deploy.md counts it.</summary>
    public double Network { get; init; } = 1;

    /// <summary>
    /// Everything else: preparing, joining, publishing, recording. Default: 1, as docs/deploy.md counts it.
    /// </summary>
    public double Rest { get; init; } = 1;

    /// <summary>Standard deviation of a time over its mean. Default: 0.5.</summary>
    public double Spread { get; init; } = 0.5;

    /// <summary>Time of one request to storage. Default: 0.01.</summary>
    public double Request { get; init; } = 0.01;

    /// <summary>Requests of a picture: a dozen writes and two dozen reads.</summary>
    public const int Requests = 36;

    /// <summary>Activities of a picture in the order it goes through them, and where: true is the GPU app.</summary>
    public static IReadOnlyList<bool> Path { get; } = [false, true, false, false, false];

    /// <summary>Actions of a picture: its start, and two for each activity.</summary>
    public static int Actions => 1 + (2 * Path.Count);

    /// <summary>Mean time of one activity of the CPU app.</summary>
    public double RestOfOne => Rest / Path.Count(isNetwork => !isNetwork);
}

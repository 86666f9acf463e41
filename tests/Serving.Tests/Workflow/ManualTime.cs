namespace FrozenSeg.Serving.Tests.Workflow;

/// <summary>A clock that somebody turns: a tick is a millisecond.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Interlocked.Read(ref _milliseconds);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(GetTimestamp());

    public void Turn(int milliseconds) => Interlocked.Add(ref _milliseconds, milliseconds);
}

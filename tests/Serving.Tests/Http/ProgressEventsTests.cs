using System.Net.ServerSentEvents;
using System.Text.Json;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Tests.Http;

public class ProgressEventsTests
{
    private static readonly SegmentationStatus Queued = SegmentationStatus.Queued(
        new SegmentationJob("a", new ArtefactReference("requests/r", 1), "car", Expands: false, Notifies: false),
        DateTimeOffset.UnixEpoch);

    private static readonly SegmentationStatus Running = Queued with { State = SegmentationState.Running };

    private static readonly SegmentationStatus Ended = Queued with
    {
        State = SegmentationState.Cancelled,
        Ended = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public async Task Follow_Changes_AreToldOnceEachAndTheEndLast()
    {
        Assert.Equal(
            ["progress queued", "progress running", "end cancelled"],
            await FollowAsync(Queued, [Queued, Running, Running, Ended, Running]));
    }

    [Fact]
    public async Task Follow_EndedAlready_IsTheEndAtOnce()
    {
        Assert.Equal(["end cancelled"], await FollowAsync(Ended, []));
    }

    [Fact]
    public async Task Follow_SegmentationThatIsForgotten_Stops()
    {
        Assert.Equal(["progress running"], await FollowAsync(Running, [Running]));
    }

    // Nothing on the way is to take the silence for a broken connection.
    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    public async Task Follow_NoChange_IsRepeatedNowAndThen(int looks, int told)
    {
        Assert.Equal(told, (await FollowAsync(Running, Enumerable.Repeat(Running, looks))).Count);
    }

    private static async Task<List<string>> FollowAsync(SegmentationStatus first, IEnumerable<SegmentationStatus> next)
    {
        var told = new List<string>();
        await foreach (SseItem<string> item in new ProgressEvents(new Script(next)).Follow(first, default))
            told.Add($"{item.EventType} {JsonDocument.Parse(item.Data).RootElement.GetProperty("state").GetString()}");
        return told;
    }

    private sealed class Script(IEnumerable<SegmentationStatus> statuses) : ISegmentationRunner
    {
        private readonly Queue<SegmentationStatus> _statuses = new(statuses);

        public Task<SegmentationStatus?> WaitAsync(string id, TimeSpan patience, CancellationToken cancellation) =>
            Task.FromResult(_statuses.TryDequeue(out SegmentationStatus? status) ? status : null);

        public Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<SegmentationStatus?> FindAsync(string id, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SegmentationStatus>> ListAsync(int most, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<SegmentationStatus?> CancelAsync(string id, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}

using System.Text;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class NotifyStageTests : IDisposable
{
    private static readonly SegmentationRequest Request = new() { Callback = "https://example.com/done" };

    private readonly StageBench _bench = new();
    private readonly Mailbox _mailbox = new();

    public NotifyStageTests() => _bench.Services = _bench.Services with { Callbacks = _mailbox };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_Success_TellsHowManySegments()
    {
        Notified notified = await Stage()
            .RunAsync(Input(await _bench.PutAsync(Request), succeeded: true), StageBench.Progress, default);

        Assert.Equal(202, notified.StatusCode);
        Assert.Equal(
            ["""https://example.com/done a {"id":"a","state":"succeeded","segments":3,"problems":["a: it broke. Mend it."]}"""],
            _mailbox.Sent);
    }

    [Fact]
    public async Task Run_Failure_TellsWhy()
    {
        await Stage().RunAsync(Input(await _bench.PutAsync(Request), succeeded: false), StageBench.Progress, default);

        Assert.Equal(
            ["""https://example.com/done a {"id":"a","state":"failed","problems":["a: it broke. Mend it."]}"""],
            _mailbox.Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_NobodyToTellOrNoWayTo_IsAProblem(bool hasAddress)
    {
        ArtefactReference request = await _bench.PutAsync(hasAddress ? Request : new SegmentationRequest());
        _bench.Services = _bench.Services with { Callbacks = hasAddress ? null : _mailbox };

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => Stage().RunAsync(Input(request, succeeded: true), StageBench.Progress, default));

        Assert.Equal((ProblemKind.InvalidRequest, "callback"), (refusal.Problems[0].Kind, refusal.Problems[0].Where));
        Assert.Empty(_mailbox.Sent);
    }

    // A success that is told after a failure, when the segmentation was done again, is another message.
    [Fact]
    public void ReceiptKey_HowItEnded_IsPartOfIt()
    {
        NotifyInput input = Input(new ArtefactReference("requests/r", 1), succeeded: true);

        Assert.NotEqual(Stage().ReceiptKey(input), Stage().ReceiptKey(input with { Succeeded = false }));
        Assert.NotEqual(Stage().ReceiptKey(input), Stage().ReceiptKey(input with { Id = "b" }));
        Assert.Equal(Stage().ReceiptKey(input), Stage().ReceiptKey(input with { Segments = 9 }));
    }

    private static NotifyInput Input(ArtefactReference request, bool succeeded) =>
        new("a", request, succeeded, 3, [new SegmentationProblem(ProblemKind.Storage, "a", "it broke", "Mend it")]);

    private NotifyStage Stage() => new(_bench.Services, _bench.Documents);

    private sealed class Mailbox : ICallbackSender
    {
        public List<string> Sent { get; } = [];

        public Task<int> SendAsync(
            string address, string message, ReadOnlyMemory<byte> json, CancellationToken cancellation)
        {
            Sent.Add($"{address} {message} {Encoding.UTF8.GetString(json.Span)}");
            return Task.FromResult(202);
        }
    }
}

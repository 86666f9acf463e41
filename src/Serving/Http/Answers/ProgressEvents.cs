using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>
/// A segmentation's status as it changes: <c>progress</c> events, then one <c>end</c>. A status that stays the same is
/// repeated now and then, so that nothing on the way takes the silence for a broken connection.
/// </summary>
/// <param name="runner">Knows segmentations.</param>
internal sealed class ProgressEvents(ISegmentationRunner runner)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);

    // Looks without a change after which it is repeated: 15 s.
    private const int LongestSilence = 100;

    /// <summary>The events, the present status first.</summary>
    public async IAsyncEnumerable<SseItem<string>> Follow(
        SegmentationStatus status, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? last = null;
        for (int silence = 0; ; silence++)
        {
            string json = JsonSerializer.Serialize(
                StatusDocument.From(status), ServingJsonContext.Default.StatusDocument);
            if (json != last || silence >= LongestSilence)
            {
                yield return new SseItem<string>(json, status.HasEnded ? "end" : "progress");
                (last, silence) = (json, 0);
            }

            if (status.HasEnded)
                yield break;
            SegmentationStatus? next = await runner.WaitAsync(status.Id, Look, cancellation);
            if (next is null)
                yield break;
            status = next;
        }
    }
}

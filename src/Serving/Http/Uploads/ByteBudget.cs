using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>
/// Memory for what callers are sending, all of them together. A caller that comes when it is spent is asked to come
/// again. One body always has room, so that a budget that is too small slows the service down and does not stop it.
/// Safe for many callers.
/// </summary>
/// <param name="bytes">How many.</param>
internal sealed class ByteBudget(long bytes)
{
    private long _spent;

    /// <summary>How many bytes there are.</summary>
    public long Bytes => bytes;

    /// <summary>How many are in use.</summary>
    public long Spent => Interlocked.Read(ref _spent);

    /// <summary>A share for one request, empty so far.</summary>
    internal ByteShare Open() => new(this);

    /// <summary>Takes so many bytes more.</summary>
    /// <exception cref="ApiProblemException">The budget is spent.</exception>
    internal void Take(long more, long alreadyMine)
    {
        long spent = Interlocked.Add(ref _spent, more);
        if (spent <= bytes || spent == alreadyMine + more)
            return;
        Interlocked.Add(ref _spent, -more);
        throw new ApiProblemException(StatusCodes.Status503ServiceUnavailable, new SegmentationProblem(
            ProblemKind.Unavailable, "service", "others are sending as much as it can hold", "Try again in a moment"));
    }

    /// <summary>Gives bytes back.</summary>
    internal void Return(long count) => Interlocked.Add(ref _spent, -count);
}

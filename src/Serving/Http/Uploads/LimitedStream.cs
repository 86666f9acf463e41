using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>The part of a body that is read, and not more of it than is allowed.</summary>
/// <param name="inner">The part.</param>
/// <param name="limit">Most bytes.</param>
/// <param name="where">What it is called in messages.</param>
/// <param name="share">Takes what is read as held; null when the reader does not hold it.</param>
internal sealed class LimitedStream(Stream inner, long limit, string where, ByteShare? share) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>The refusal of what is larger than allowed.</summary>
    public static ApiProblemException TooLarge(string where, long limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        new SegmentationProblem(where, $"it has more than {limit:N0} bytes", "Compress or shrink the picture"));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await inner.ReadAsync(buffer, cancellationToken);
        _read += count;
        if (_read > limit)
            throw TooLarge(where, limit);
        share?.Grow(count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

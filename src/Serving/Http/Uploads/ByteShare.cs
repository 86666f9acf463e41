using FrozenSeg.Serving.Http.Answers;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>What one request holds of a <see cref="ByteBudget"/>, until it is disposed.</summary>
/// <param name="budget">The budget.</param>
internal sealed class ByteShare(ByteBudget budget) : IDisposable
{
    private long _mine;

    /// <summary>Takes so many bytes more.</summary>
    /// <exception cref="ApiProblemException">The budget is spent.</exception>
    public void Grow(long more)
    {
        budget.Take(more, _mine);
        _mine += more;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        budget.Return(_mine);
        _mine = 0;
    }
}

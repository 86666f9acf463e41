using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Uploads;

namespace FrozenSeg.Serving.Tests.Http;

public class ByteBudgetTests
{
    [Fact]
    public void Grow_UpToTheBudget_IsGivenAndComesBack()
    {
        var budget = new ByteBudget(10);
        using (ByteShare first = budget.Open(), second = budget.Open())
        {
            first.Grow(4);
            second.Grow(6);
            Assert.Equal(10, budget.Spent);

            var refusal = Assert.Throws<ApiProblemException>(() => second.Grow(1));
            Assert.Equal(503, refusal.StatusCode);
            Assert.Equal(10, budget.Spent);
            second.Dispose();
            Assert.Equal(4, budget.Spent);
            second.Grow(5);
        }

        Assert.Equal(0, budget.Spent);
    }

    // A budget that is too small slows the service down and does not stop it.
    [Fact]
    public void Grow_AloneBeyondTheBudget_IsGiven()
    {
        var budget = new ByteBudget(10);
        using ByteShare only = budget.Open(), late = budget.Open();

        only.Grow(8);
        only.Grow(8);

        Assert.Equal(16, budget.Spent);
        Assert.Throws<ApiProblemException>(() => late.Grow(1));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public async Task ReadAsync_Body_IsReadUpToTheLimitAndTakenFromTheShare(int limit, bool isRead)
    {
        var budget = new ByteBudget(100);
        using ByteShare share = budget.Open();
        using var limited = new LimitedStream(new MemoryStream(new byte[10]), limit, "image", share);
        using var content = new MemoryStream();

        ApiProblemException? refusal = await Record.ExceptionAsync(
            () => limited.CopyToAsync(content)) as ApiProblemException;

        Assert.Equal(isRead ? null : 413, refusal?.StatusCode);
        Assert.Equal(
            isRead ? ("", 10, 10) : ("image", 0, 0),
            (refusal?.Problem.Where ?? "", (int)content.Length, (int)budget.Spent));
    }
}

using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

/// <summary>What callers say in the query and in headers: how many, in which state, how long.</summary>
public class QueryTests
{
    [Theory]
    [InlineData(null, 50)]
    [InlineData("", 50)]
    [InlineData("1", 1)]
    [InlineData("100", 100)]
    public void Limit_Number_IsOneToTheMost(string? text, int expected)
    {
        Assert.Equal(expected, ListQuery.Limit(text, 50, 100));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData(" 1")]
    public void Limit_AnythingElse_IsAProblem(string text)
    {
        var refusal = Assert.Throws<SegmentationProblemException>(() => ListQuery.Limit(text, 50, 100));

        Assert.Equal((ProblemKind.InvalidRequest, "limit"), (refusal.Problems[0].Kind, refusal.Problems[0].Where));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("queued", SegmentationState.Queued)]
    [InlineData("Cancelled", SegmentationState.Cancelled)]
    internal void State_Name_IsOneOfTheStates(string? text, SegmentationState? expected)
    {
        Assert.Equal(expected, ListQuery.State(text));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("done")]
    public void State_AnythingElse_NamesTheStates(string text)
    {
        SegmentationProblem problem = Assert.Throws<SegmentationProblemException>(
            () => ListQuery.State(text)).Problems[0];

        Assert.Equal("state", problem.Where);
        Assert.Contains("queued, running, succeeded, failed, cancelled", problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wait=30", 30)]
    [InlineData("respond-async, WAIT=5", 5)]
    [InlineData("respond-async;wait=7", 7)]
    [InlineData("wait=60", 60)]
    [InlineData("wait=61", 60)]
    [InlineData("wait=-1", 0)]
    [InlineData("wait=5s", 0)]
    [InlineData("wait=", 0)]
    [InlineData("await=5", 0)]
    [InlineData("", 0)]
    public void Read_Preference_IsTheWaitUpToTheLongest(string preference, int seconds)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = preference;

        Assert.Equal(seconds, WaitPreference.Read(request, TimeSpan.FromMinutes(1)).TotalSeconds);
    }

    [Fact]
    public void Read_SeveralHeaders_AreAllLookedAt()
    {
        HttpRequest request = new DefaultHttpContext().Request;
        Assert.Equal(TimeSpan.Zero, WaitPreference.Read(request, TimeSpan.FromMinutes(1)));
        request.Headers["Prefer"] = new[] { "respond-async", "wait=9" };

        Assert.Equal(TimeSpan.FromSeconds(9), WaitPreference.Read(request, TimeSpan.FromMinutes(1)));
    }
}

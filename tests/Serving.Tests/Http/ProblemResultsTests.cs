using System.Text.Json;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

public class ProblemResultsTests
{
    [Theory]
    [InlineData(400, "Invalid request", "invalid-request")]
    [InlineData(401, "Unauthorized", "unauthorized")]
    [InlineData(403, "Not allowed", "not-allowed")]
    [InlineData(404, "Not found", "not-found")]
    [InlineData(409, "Conflict", "conflict")]
    [InlineData(413, "Too large", "too-large")]
    [InlineData(415, "Unsupported media type", "unsupported-media-type")]
    [InlineData(429, "Too many requests", "too-many-requests")]
    [InlineData(503, "Unavailable", "unavailable")]
    [InlineData(507, "Insufficient storage", "insufficient-storage")]
    [InlineData(500, "Failed", "failed")]
    public async Task From_Refusal_HasTheTitleAndTypeOfItsStatus(int status, string title, string type)
    {
        (HttpResponse response, JsonElement document) = await AnswerAsync(
            new ApiProblemException(status, Problem(ProblemKind.Storage)));

        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.ContentType));
        Assert.Equal((status, title, $"urn:frozenseg:problem:{type}"), (
            document.GetProperty("status").GetInt32(),
            document.GetProperty("title").GetString(),
            document.GetProperty("type").GetString()));
        Assert.Equal(
            ("a: it broke. Mend it.", "/api/x"),
            (document.GetProperty("detail").GetString(), document.GetProperty("instance").GetString()));
        Assert.Equal(status == 503 ? "10" : "", response.Headers.RetryAfter.ToString());
        Assert.Equal(status == 401 ? "Bearer" : "", response.Headers.WWWAuthenticate.ToString());
    }

    [Theory]
    [InlineData(ProblemKind.InvalidRequest, 400)]
    [InlineData(ProblemKind.InvalidImage, 400)]
    [InlineData(ProblemKind.Storage, 503)]
    [InlineData(ProblemKind.Unavailable, 503)]
    public async Task From_Problems_IsTheCallersFaultUnlessOneIsOurs(ProblemKind kind, int status)
    {
        (HttpResponse response, JsonElement document) = await AnswerAsync(
            new SegmentationProblemException([Problem(ProblemKind.InvalidRequest), Problem(kind)]));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("a: it broke. Mend it.\na: it broke. Mend it.", document.GetProperty("detail").GetString());
        Assert.Equal(2, document.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task From_Bug_SaysNothingOfItButWhereTheLogHasIt()
    {
        (HttpResponse response, JsonElement document) = await AnswerAsync(new InvalidOperationException("secret"));

        Assert.Equal(500, response.StatusCode);
        Assert.DoesNotContain("secret", document.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("trace-7", document.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_RequestTheServerCannotRead_KeepsItsStatus()
    {
        (HttpResponse response, JsonElement document) = await AnswerAsync(
            new BadHttpRequestException("Unexpected end.", 408));

        Assert.Equal(408, response.StatusCode);
        Assert.StartsWith(
            "request: Unexpected end. ", document.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public void IsUnexpected_Failure_IsWhatOnlyTheLogCanTell()
    {
        Assert.True(ProblemResults.IsUnexpected(new InvalidOperationException()));
        Assert.False(ProblemResults.IsUnexpected(new ApiProblemException(400, Problem(ProblemKind.Storage))));
        Assert.False(ProblemResults.IsUnexpected(Problem(ProblemKind.Storage).ToException()));
        Assert.False(ProblemResults.IsUnexpected(new BadHttpRequestException("")));
    }

    private static async Task<(HttpResponse Response, JsonElement Document)> AnswerAsync(Exception failure)
    {
        var context = new DefaultHttpContext
        {
            TraceIdentifier = "trace-7",
            Request = { Path = "/api/x" },
            Response = { Body = new MemoryStream() },
        };
        await ProblemResults.From(failure, context.Request).ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return (context.Response, (await JsonDocument.ParseAsync(context.Response.Body)).RootElement);
    }

    private static SegmentationProblem Problem(ProblemKind kind) => new(kind, "a", "it broke", "Mend it");
}

using System.Text.Json.Nodes;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Shared.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Tests.Prompting;

public sealed class LanguageModelExpanderTests : IAsyncLifetime
{
    private static readonly SegmentationPrompt[] Prompts =
        [new() { Text = "cat", Id = "c" }, new() { Text = "dog", Synonyms = ["hound"] }];

    private readonly List<JsonNode> _received = [];
    private WebApplication _server = null!;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/openai/deployments/{deployment}/chat/completions", async (HttpContext context) =>
        {
            _received.Add((await JsonNode.ParseAsync(context.Request.Body))!);
            await _answer(context);
        });
        await _server.StartAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Expand_GoodAnswer_AddsWhatIsNewAndWithinBounds()
    {
        Answer("""
            {"expansions":[
              {"prompt":1,"expressions":["kitten","a furry cat","CAT","dog","?!","one; two"," tabby cat ","tomcat"]},
              {"prompt":2,"expressions":["puppy"]},
              {"prompt":9,"expressions":["ghost"]}]}
            """);

        PromptExpansion expansion = await ExpandAsync();

        Assert.Equal(["kitten", "a furry cat", "tabby cat"], expansion.Prompts[0].Synonyms);
        Assert.Equal(["hound", "puppy"], expansion.Prompts[1].Synonyms);
        Assert.Equal("c", expansion.Prompts[0].Id);
        Assert.Empty(expansion.Warnings);
    }

    [Fact]
    public async Task Expand_Request_IsStrictAndBounded()
    {
        Answer("""{"expansions":[]}""");

        await ExpandAsync(image: ServiceBench.Picture());

        JsonNode sent = Assert.Single(_received);
        JsonNode form = sent["response_format"]!["json_schema"]!;
        Assert.True(form["strict"]!.GetValue<bool>());
        Assert.Equal("object", form["schema"]!["type"]!.GetValue<string>());
        Assert.True((sent["max_completion_tokens"] ?? sent["max_tokens"])!.GetValue<int>() > 0);
        JsonNode[] parts = [.. sent["messages"]![1]!["content"]!.AsArray().Select(part => part!)];
        Assert.Contains("2: \"dog, hound\"", parts[0]["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith(
            "data:image/png;base64,", parts[1]["image_url"]!["url"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_ManyPrompts_ExpandsTheFirst()
    {
        Answer("""{"expansions":[{"prompt":1,"expressions":["first"]}]}""");

        PromptExpansion expansion = await ExpandAsync(
            prompts: [.. Enumerable.Range(0, 300).Select(i => new SegmentationPrompt { Text = $"thing {i}" })]);

        Assert.Equal(["first"], expansion.Prompts[0].Synonyms);
        Assert.Contains("first 100 of 300", Assert.Single(expansion.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("thing 100", _received[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json at all", "stop", "another form")]
    [InlineData("{}", "stop", "another form")]
    [InlineData("""{"expansions":[{"prompt":"one","expressions":3}]}""", "stop", "another form")]
    [InlineData("""{"expansions":[null]}""", "stop", "another form")]
    [InlineData("""{"expansions":[]}""", "length", "cut short")]
    [InlineData("", "content_filter", "filtered")]
    public async Task Expand_AnswerOfNoUse_LeavesPromptsAndSaysWhy(string content, string finish, string warning)
    {
        Answer(content, finish);

        await AssertUnchangedAsync(warning);
    }

    [Fact]
    public async Task Expand_Refusal_LeavesPrompts()
    {
        Answer(null, refusal: "I would rather not.");

        await AssertUnchangedAsync("refused");
    }

    [Theory]
    [InlineData(
        400, """{"error":{"code":"content_filter","message":"filtered by content_filter"}}""", "content filter")]
    [InlineData(401, """{"error":{"code":"401","message":"Access denied"}}""", "401")]
    [InlineData(500, "broken", "500")]
    [InlineData(200, "{\"choices\":", "another form")]
    public async Task Expand_ServiceFails_LeavesPrompts(int status, string body, string warning)
    {
        _answer = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        };

        await AssertUnchangedAsync(warning);
    }

    [Fact]
    public async Task Expand_SlowService_IsGivenUp()
    {
        _answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        await AssertUnchangedAsync("in time", TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task Expand_NobodyThere_LeavesPrompts()
    {
        var expander = new LanguageModelExpander(
            Options(TimeSpan.FromSeconds(10)) with { Endpoint = new Uri("http://127.0.0.1:9") });

        PromptExpansion expansion = await expander.ExpandAsync(Prompts, new ExpansionRequest(), null, default);

        Assert.Equal(Prompts, expansion.Prompts);
        Assert.Contains("cannot be reached", Assert.Single(expansion.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_Cancelled_Stops()
    {
        _answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new LanguageModelExpander(Options(TimeSpan.FromMinutes(1)))
            .ExpandAsync(Prompts, new ExpansionRequest(), null, stop.Token));
    }

    private async Task AssertUnchangedAsync(string warning, TimeSpan? timeout = null)
    {
        PromptExpansion expansion = await ExpandAsync(timeout: timeout);

        Assert.Equal(Prompts, expansion.Prompts);
        Assert.Contains(warning, Assert.Single(expansion.Warnings), StringComparison.Ordinal);
    }

    private Task<PromptExpansion> ExpandAsync(
        byte[]? image = null, SegmentationPrompt[]? prompts = null, TimeSpan? timeout = null) =>
        new LanguageModelExpander(Options(timeout ?? TimeSpan.FromSeconds(60)))
            .ExpandAsync(prompts ?? Prompts, new ExpansionRequest(), image, default);

    private LanguageModelOptions Options(TimeSpan timeout) => new()
    {
        Endpoint = new Uri(_server.Urls.First()),
        Deployment = "small",
        Key = "key",
        Timeout = timeout,
        Retries = 0,
    };

    private void Answer(string? content, string finish = "stop", string? refusal = null) => _answer = async context =>
    {
        var answer = new JsonObject
        {
            ["id"] = "1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "small",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["finish_reason"] = finish,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = refusal },
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    };
}

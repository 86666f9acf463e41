using System.Text.Json;
using FrozenSeg.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary><c>frozenseg mcp</c>, started by a client as language models' programs start it.</summary>
public sealed class McpTests
{
    private static readonly string Scene = Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png");

    [Fact]
    public async Task Tools_OverTheStandardStreams_GiveAnOverlayAndMasks()
    {
        await using McpClient client = await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions
            {
                Command = "dotnet",
                Arguments =
                    [Path.Combine(AppContext.BaseDirectory, "frozenseg.dll"), "mcp", "--threads", "1", "--sam", "nano"],
            }));

        IList<McpClientTool> tools = await client.ListToolsAsync();
        CallToolResult words = await client.CallToolAsync(
            "segment", Arguments(("image", Scene), ("words", new[] { "car", "grass (stuff)", "sky (stuff)" })));
        CallToolResult point = await client.CallToolAsync(
            "predict", Arguments(("image", Scene), ("points", new[] { new[] { 41.0, 36.0 } })));
        CallToolResult refused = await client.CallToolAsync(
            "predict", Arguments(("image", Scene), ("points", new[] { new[] { 999.0, 1.0 } })));
        CallToolResult missing = await client.CallToolAsync("automask", Arguments(("image", "/no/such/picture.png")));
        CallToolResult vocabularies = await client.CallToolAsync("vocabularies", Arguments());

        Assert.Equal(["automask", "predict", "segment", "vocabularies"], tools.Select(tool => tool.Name).Order());
        Assert.Contains("car", Text(words), StringComparison.Ordinal);
        Assert.Equal("image/png", words.Content.OfType<ImageContentBlock>().Single().MimeType);
        JsonElement segments = words.StructuredContent!.Value.GetProperty("segments");
        Assert.Contains(segments.EnumerateArray(), segment => segment.GetProperty("label").GetString() == "car");
        Assert.Equal(1, point.StructuredContent!.Value.GetProperty("segments").GetArrayLength());
        Assert.True(refused.IsError);
        Assert.Contains("outside the picture of 128×128", Text(refused), StringComparison.Ordinal);
        Assert.True(missing.IsError);
        Assert.Contains("coco-133", Text(vocabularies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_OverHttp_AskForTheKeyAndOpenNoFiles()
    {
        await using ServedProcess server = await ServedProcess.StartProgramAsync(
            "mcp", "--url", "http://127.0.0.1:0", "--key", "secret", "--threads", "1", "--sam", "nano");
        string picture = $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(Scene))}";

        HttpRequestException stranger = await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => ConnectAsync(server.Address, "wrong"));
        await using McpClient client = await ConnectAsync(server.Address, "secret");
        IList<McpClientTool> tools = await client.ListToolsAsync();
        CallToolResult point = await client.CallToolAsync(
            "predict", Arguments(("image", picture), ("points", new[] { new[] { 41.0, 36.0 } })));
        CallToolResult path = await client.CallToolAsync(
            "predict", Arguments(("image", Scene), ("points", new[] { new[] { 41.0, 36.0 } })));

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(4, tools.Count);
        Assert.Equal(1, point.StructuredContent!.Value.GetProperty("segments").GetArrayLength());
        Assert.Equal("image/png", point.Content.OfType<ImageContentBlock>().Single().MimeType);
        Assert.True(path.IsError);
        Assert.Contains("not a picture in base64", Text(path), StringComparison.Ordinal);
    }

    private static Task<McpClient> ConnectAsync(Uri address, string key) =>
        McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = address,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["x-api-key"] = key },
        }));

    private static Dictionary<string, object?> Arguments(params (string Name, object Value)[] arguments) =>
        arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value);

    private static string Text(CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}

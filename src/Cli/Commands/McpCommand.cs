using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Cli.Mcp;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg mcp</c>: the methods as tools for language models, over the Model Context Protocol.</summary>
internal sealed class McpCommand
{
    private const string Route = "/mcp";
    private const long FeatureBytes = 512L << 20;

    private readonly Option<string?> _url = new("--url")
    {
        Description =
            "Address to serve HTTP on, for instance http://127.0.0.1:8081; without it the standard streams are used",
    };

    private readonly Option<string[]> _keys =
        new("--key") { Description = "A key that callers over HTTP must send; may be given several times" };
    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new McpCommand();
        var command = new Command("mcp", "Offer segmentation to language models as MCP tools")
        {
            self._url,
            self._keys,
        };
        self._models.AddTo(command);
        self._runtime.AddTo(command);
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var library = new ModelLibrary(_models.Read(parsed), _runtime.CreateSessions(parsed), FeatureBytes);
        if (parsed.GetValue(_url) is string url)
            await ServeAsync(url, parsed.GetValue(_keys) ?? [], library, cancellation);
        else
            await TalkAsync(library, cancellation);
        return 0;
    }

    // The caller started this program: it may open what its user may open.
    private static async Task TalkAsync(ModelLibrary library, CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        AddTools(builder.Services, library, allowsFiles: true).WithStdioServerTransport();
        using IHost host = builder.Build();
        await host.RunAsync(cancellation);
    }

    private static async Task ServeAsync(
        string url, string[] keys, ModelLibrary library, CancellationToken cancellation)
    {
        bool isLocal = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.IsLoopback;
        if (!isLocal && keys.Length == 0)
        {
            throw SegmentationProblem.InvalidRequest(
                "--url", "others could use the tools without a key", "Give --key, or listen on 127.0.0.1");
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        AddTools(builder.Services, library, allowsFiles: false).WithHttpTransport();
        await using WebApplication application = builder.Build();
        application.Use(next => new SameSiteGuard(next, onlyLocalNames: isLocal && keys.Length == 0).InvokeAsync);
        application.Use(next => new KeyGuard(next, new ApiOptions { Keys = keys }, Route).InvokeAsync);
        application.MapMcp(Route);
        await application.StartAsync(cancellation);
        foreach (string listening in application.Urls)
            Console.WriteLine($"listening on {listening}{Route}");
        await application.WaitForShutdownAsync(cancellation);
    }

    private static IMcpServerBuilder AddTools(IServiceCollection services, ModelLibrary library, bool allowsFiles) =>
        services
            .AddMcpServer(server => server.ServerInfo = new()
            {
                Name = "frozenseg",
                Version = typeof(McpCommand).Assembly.GetName().Version!.ToString(3),
            })
            .WithTools(new SegmentationTools(library, new ToolPicture(allowsFiles)));
}

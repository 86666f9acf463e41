using System.CommandLine;
using System.Net;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Cli.LabelStudio;
using FrozenSeg.Cli.XAnyLabeling;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg serve</c>: the service with its page, on this machine.</summary>
internal sealed class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "Addresses to listen on",
        DefaultValueFactory = _ => [DefaultUrl],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _state = new("--state")
    {
        Description = "Folder for requests and results",
        DefaultValueFactory = _ => Path.Combine(ModelFolders.Root, "service"),
    };

    private readonly Option<string[]> _keys = new("--key")
    {
        Description =
            "A key that callers must send; may be given several times. FROZENSEG_KEYS names more, separated by commas",
    };

    private readonly Option<int> _keep = new("--keep-days")
    {
        Description = "Days that results are kept; 0 keeps them for ever",
        DefaultValueFactory = _ => 7,
    };

    private readonly Option<int> _features = new("--feature-memory")
    {
        Description =
            "MiB for what encoders made of pictures, so that the next prompt or method need not; 0 keeps nothing",
        DefaultValueFactory = _ => 512,
    };

    private readonly ModelArguments _models = new();
    private readonly RuntimeArguments _runtime = new();
    private readonly PicturesArgument _pictures = new();
    private readonly ReachArguments _reach = new();
    private readonly CallerArguments _callers = new();
    private readonly LabelStudioArguments _labelStudio = new();
    private readonly ServiceLimitArguments _limits = new();
    private readonly LogArguments _log = new(LogLevel.Information);

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new ServeCommand();
        var command = new Command("serve", "Serve the HTTP API and its page")
        {
            self._urls,
            self._state,
            self._keys,
            self._keep,
            self._features,
        };
        self._models.AddTo(command);
        self._runtime.AddTo(command);
        self._pictures.AddTo(command);
        self._reach.AddTo(command);
        self._callers.AddTo(command);
        self._labelStudio.AddTo(command);
        self._limits.AddTo(command);
        self._log.AddTo(command);
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] urls = parsed.GetRequiredValue(_urls);
        IReadOnlyList<string> keys = ReadKeys(parsed);
        bool isLocal = urls.All(IsLoopback);
        if (!isLocal && keys.Count == 0)
        {
            throw SegmentationProblem.InvalidRequest(
                "--urls", "others could use the service without a key", "Give --key, or listen on 127.0.0.1");
        }

        using ILoggerFactory logs = _log.Create(parsed);
        SessionFactory sessions = _runtime.CreateSessions(parsed, _pictures, waiting: 1);
        using var library = new ModelLibrary(
            _models.Read(parsed), sessions, (long)Math.Max(0, parsed.GetValue(_features)) << 20);
        await using var service = new LocalService(_limits.Apply(parsed, _reach.Apply(parsed, new LocalServiceOptions
        {
            Folder = parsed.GetRequiredValue(_state),
            Library = library,
            Exporter = new ConversionExporter(),
            Logs = logs,
            ConcurrentRuns = sessions.PicturesAtOnce,
        })));
        ApiOptions options = _limits.Apply(parsed, new ApiOptions { Keys = keys });
        SegmentationApi api = service.CreateApi(options);
        await using WebApplication application = Build(urls, options, service, logs);
        application.Use(next => new SameSiteGuard(next, onlyLocalNames: isLocal && keys.Count == 0).InvokeAsync);
        application.Use(next => context => XAnyLabelingRoutes.TakeTokenAsync(context, next));
        CallerLimits limits = _callers.Read(parsed);
        application.Use(next => new CallerGuard(next, service.Runner, limits).InvokeAsync);
        application.Use(next => new KeyGuard(next, options, LabelStudioRoutes.Prefix).InvokeAsync);
        application.Use(next => new KeyGuard(next, options, XAnyLabelingRoutes.Prefix).InvokeAsync);
        ServiceTelemetry.Map(application, api);
        application.MapSegmentationApi(api);
        application.MapInteractionApi(service.CreateInteractionApi(options));
        using LabelStudioPictures pictures = _labelStudio.Read(parsed, service.Fetcher);
        application.MapLabelStudio(new LabelStudioBackend(service, pictures), options);
        application.MapXAnyLabeling(new XAnyLabelingBackend(service), options);
        using var memory = new IdleMemory(service, options.BytesInFlight);
        using Timer? retention = ForgetDaily(service, parsed.GetValue(_keep));
        await ServeAsync(application, cancellation);
        return 0;
    }

    private static WebApplication Build(string[] urls, ApiOptions options, LocalService service, ILoggerFactory logs)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        ServiceTelemetry.Add(builder, service, options.BytesInFlight);
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes);
        return builder.Build();
    }

    private static async Task ServeAsync(WebApplication application, CancellationToken cancellation)
    {
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception failure) when (
            failure is IOException or UriFormatException or FormatException or InvalidOperationException)
        {
            throw SegmentationProblem.Unavailable(
                "--urls",
                $"the address cannot be listened on ({failure.Message.TrimEnd('.')})",
                "Choose another port",
                failure);
        }

        foreach (string url in application.Urls)
            Console.WriteLine($"listening on {url}");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            await application.StopAsync(CancellationToken.None);
        }
    }

    private static Timer? ForgetDaily(LocalService service, int days) => days <= 0
        ? null
        : new Timer(
            _ => service.ForgetOlderThanAsync(TimeSpan.FromDays(days)), null, TimeSpan.Zero, TimeSpan.FromDays(1));

    private IReadOnlyList<string> ReadKeys(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_keys) ?? []).Select(key => string.IsNullOrWhiteSpace(key)
            ? throw SegmentationProblem.InvalidRequest("--key", "it is empty", "Give a key that is hard to guess")
            : key),
        .. (Environment.GetEnvironmentVariable("FROZENSEG_KEYS") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    private static bool IsLoopback(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException failure)
        {
            throw SegmentationProblem.InvalidRequest(
                "--urls", $"'{url}' is not an address", "Give one such as http://127.0.0.1:8080", failure);
        }

        return address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }
}

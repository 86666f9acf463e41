using System.CommandLine;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>What a service may reach beyond this machine; nothing, unless it is told.</summary>
internal sealed class ReachArguments
{
    private readonly Option<bool> _urls = new("--allow-urls")
    {
        Description = "Fetch pictures from public https addresses",
    };
    private readonly Option<bool> _callbacks = new("--allow-callbacks")
    {
        Description = "Tell public https addresses when a segmentation has ended",
    };
    private readonly Option<string[]> _secrets = new("--callback-secret")
    {
        Description = "Secret that callbacks are signed with, whsec_…; may be given twice while it is replaced. "
            + "FROZENSEG_CALLBACK_SECRETS names more",
    };

    private readonly Option<string?> _endpoint = new("--expand-endpoint")
    {
        Description = "Azure OpenAI resource that expands prompts; AZURE_OPENAI_API_KEY holds its key, otherwise the "
            + "machine's identity signs in",
    };

    private readonly Option<string?> _deployment = new("--expand-deployment") { Description = "Its deployment" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_urls, _callbacks, _secrets, _endpoint, _deployment])
            command.Add(option);
    }

    /// <summary>The service with what was switched on.</summary>
    /// <exception cref="SegmentationProblemException">The language model is named by half.</exception>
    public LocalServiceOptions Apply(ParseResult parsed, LocalServiceOptions service)
    {
        var limits = new OutboundOptions { CallbackSecrets = ReadSecrets(parsed) };
        // They live as long as the process.
        UrlFetcher? fetcher = parsed.GetValue(_urls) ? new UrlFetcher(limits) : null;
        return service with
        {
            AllowsUrls = fetcher is not null,
            Fetcher = fetcher,
            Callbacks = parsed.GetValue(_callbacks) ? new CallbackSender(limits) : null,
            Expander = ReadExpander(parsed),
        };
    }

    private string[] ReadSecrets(ParseResult parsed) =>
    [
        .. parsed.GetValue(_secrets) ?? [],
        .. (Environment.GetEnvironmentVariable("FROZENSEG_CALLBACK_SECRETS") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    private LanguageModelExpander? ReadExpander(ParseResult parsed)
    {
        string? endpoint = parsed.GetValue(_endpoint), deployment = parsed.GetValue(_deployment);
        if (endpoint is null && deployment is null)
            return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) || string.IsNullOrWhiteSpace(deployment))
        {
            throw SegmentationProblem.InvalidRequest(
                "--expand-endpoint", "the language model needs an address and a deployment", "Give both");
        }

        return new LanguageModelExpander(new LanguageModelOptions
        {
            Endpoint = address,
            Deployment = deployment,
            Key = Environment.GetEnvironmentVariable("AZURE_OPENAI_API_KEY") is { Length: > 0 } key ? key : null,
        });
    }
}

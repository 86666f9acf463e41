using System.CommandLine;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>The options of <c>serve</c> that name a Label Studio.</summary>
internal sealed class LabelStudioArguments
{
    private readonly Option<string?> _home = new("--label-studio")
    {
        Description = "Address of a Label Studio whose tasks' pictures may be fetched",
    };
    private readonly Option<string?> _token = new("--label-studio-token")
    {
        Description = "Its access token; LABEL_STUDIO_TOKEN holds one too",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_home);
        command.Add(_token);
    }

    /// <summary>Fetches pictures as the options say.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="fetcher">Fetches from elsewhere; null fetches nothing.</param>
    /// <exception cref="SegmentationProblemException">The address is not one.</exception>
    public LabelStudioPictures Read(ParseResult parsed, IPictureFetcher? fetcher)
    {
        Uri? home = null;
        if (parsed.GetValue(_home) is string text
            && (!Uri.TryCreate(text, UriKind.Absolute, out home) || home.Scheme is not ("http" or "https")))
        {
            throw SegmentationProblem.InvalidRequest(
                "--label-studio", $"'{text}' is not an address", "Give one such as http://localhost:8080");
        }

        return new LabelStudioPictures(
            home, parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable("LABEL_STUDIO_TOKEN"), fetcher);
    }
}

using System.CommandLine;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>What one caller of a service may ask for.</summary>
internal sealed class CallerArguments
{
    private readonly Option<int> _rate =
        new("--rate-limit") { Description = "Requests a minute of one key that make the service work; 0 for no limit" };
    private readonly Option<int> _unfinished =
        new("--max-unfinished") { Description = "Segmentations of one key that wait or are at work; 0 for no limit" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_rate);
        command.Add(_unfinished);
    }

    /// <summary>The limits.</summary>
    /// <exception cref="SegmentationProblemException">A limit is negative.</exception>
    public CallerLimits Read(ParseResult parsed)
    {
        foreach (Option<int> option in (Option<int>[])[_rate, _unfinished])
        {
            if (parsed.GetValue(option) < 0)
            {
                throw SegmentationProblem.InvalidRequest(
                    option.Name, $"{parsed.GetValue(option)} is not a limit", "Use 0 for none, or a number above it");
            }
        }

        return new CallerLimits
        {
            RequestsPerMinute = parsed.GetValue(_rate),
            Unfinished = parsed.GetValue(_unfinished),
        };
    }
}

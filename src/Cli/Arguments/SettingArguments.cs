using System.CommandLine;
using FrozenSeg.Pipeline;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Cli.Arguments;

/// <summary>A request for many pictures, as options: method, words, answers, settings.</summary>
internal sealed class SettingArguments
{
    private readonly Option<string?> _method = new("--method")
    {
        Description = $"How to look: {string.Join(", ", MethodFactory.Methods.Select(method => method.Name))}; without "
            + "it, what fits the words and answers",
    };

    private readonly Option<string?> _prompts = new("--prompts")
    {
        Description = "What to look for: \"cat, kitten; dog; grass (stuff)\"",
    };
    private readonly Option<string?> _vocabulary = new("--vocabulary") { Description = "A vocabulary by name" };
    private readonly Option<SegmentationTask[]> _tasks = new("--task")
    {
        Description = "Answers wanted: masks, panoptic, semantic, instance, referring",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly SettingOption _settings = new();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_method, _prompts, _vocabulary, _tasks])
            command.Add(option);
        _settings.AddTo(command);
    }

    /// <summary>The request.</summary>
    /// <exception cref="FrozenSeg.Shared.Problems.SegmentationProblemException">A setting has no value.</exception>
    public SegmentationRequest Read(ParseResult parsed) => new()
    {
        Method = parsed.GetValue(_method),
        Prompts = parsed.GetValue(_prompts) is string prompts
            ? [.. prompts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(
                SegmentationPrompt.Parse)]
            : null,
        Vocabulary = parsed.GetValue(_vocabulary),
        Tasks = parsed.GetValue(_tasks) is { Length: > 0 } tasks ? tasks : null,
        Settings = _settings.Read(parsed),
    };
}

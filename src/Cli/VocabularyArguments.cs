using System.CommandLine;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Cli;

/// <summary>What a command looks for: words of the user's own, or a published vocabulary.</summary>
internal sealed class VocabularyArguments
{
    private readonly Option<string?> _prompts = new("--prompts")
    {
        Description = "What to look for: \"cat, kitten; dog; grass (stuff)\"",
    };

    private readonly Option<string?> _vocabulary = new("--vocabulary")
    {
        Description = "A published vocabulary by name: frozenseg vocabularies lists them",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_prompts);
        command.Add(_vocabulary);
    }

    /// <summary>The prompts as they were written; null without prompts.</summary>
    public string? Prompts(ParseResult parsed) => parsed.GetValue(_prompts);

    /// <summary>What to look for; null for nothing in particular.</summary>
    /// <exception cref="SegmentationProblemException">Both are given, the name is unknown, or the prompts are unusable.</exception>
    public Vocabulary? Read(ParseResult parsed) => (Prompts(parsed), parsed.GetValue(_vocabulary)) switch
    {
        (null, null) => null,
        (string prompts, null) => Vocabulary.Parse(prompts),
        (null, string name) => Vocabulary.Named(name),
        _ => throw new SegmentationProblem(
            ProblemKind.InvalidRequest, "--vocabulary", "it is given together with --prompts", "Use one of them").ToException(),
    };
}

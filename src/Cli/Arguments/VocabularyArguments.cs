using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Cli.Arguments;

/// <summary>What a command looks for: words of the user's own, or a published vocabulary.</summary>
internal sealed class VocabularyArguments
{
    /// <summary>The option that names a file of prompts.</summary>
    public const string FileName = "--prompts-file";

    // More than the largest vocabulary has names for.
    private const int MostBytes = 16 << 20;

    private readonly Option<string?> _prompts = new("--prompts")
    {
        Description = "What to look for: \"cat, kitten; dog; grass (stuff)\"",
    };

    private readonly Option<string?> _file = new(FileName)
    {
        Description = "The same from a text file; the end of a line separates as a semicolon does",
    };

    private readonly Option<string?> _vocabulary = new("--vocabulary")
    {
        Description = "A published vocabulary by name: frozenseg vocabularies lists them",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_prompts);
        command.Add(_file);
        command.Add(_vocabulary);
    }

    /// <summary>
    /// The prompts as they were written; null without prompts. Reads their file, which may be a pipe: call it once.
    /// </summary>
    /// <exception cref="SegmentationProblemException">They are given twice, or their file cannot be read.</exception>
    public string? Prompts(ParseResult parsed) => (parsed.GetValue(_prompts), parsed.GetValue(_file)) switch
    {
        (string prompts, null) => prompts,
        (null, string file) => Load(file),
        (null, null) => null,
        _ => throw SegmentationProblem.InvalidRequest(
            FileName, "it is given together with --prompts", "Use one of them"),
    };

    /// <summary>What to look for; null for nothing in particular.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="prompts">What <see cref="Prompts"/> gave.</param>
    /// <exception cref="SegmentationProblemException">Both are given, the name is unknown, or the prompts are
    /// unusable.</exception>
    public Vocabulary? Read(ParseResult parsed, string? prompts) => (prompts, parsed.GetValue(_vocabulary)) switch
    {
        (null, null) => null,
        (string words, null) => Vocabulary.Parse(words),
        (null, string name) => Vocabulary.Named(name),
        _ => throw SegmentationProblem.InvalidRequest(
            "--vocabulary", "it is given together with --prompts", "Use one of them"),
    };

    private static string Load(string file)
    {
        try
        {
            byte[] content = BoundedFile.Read(file, MostBytes) ?? throw SegmentationProblem.InvalidRequest(
                file, $"it goes on after the {MostBytes:N0} bytes that are allowed", "Give a file of prompts");
            string text = new StreamReader(new MemoryStream(content)).ReadToEnd();
            return string.Join(
                "; ", text.Split('\r', '\n').Select(line => line.Trim().TrimEnd(';')).Where(line => line.Length > 0));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SegmentationProblem.Storage(
                file, "the prompts cannot be read", $"Check the path ({failure.Message})", failure);
        }
    }
}

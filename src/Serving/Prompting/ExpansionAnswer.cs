using System.Text.Json;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Prompting;

/// <summary>
/// What a language model answers, and how much of it is taken. The model was told the form, but its text is not to be
/// trusted: everything is checked again.
/// </summary>
/// <param name="Expansions">Expressions by prompt.</param>
internal sealed record ExpansionAnswer(IReadOnlyList<ExpansionAnswer.Entry> Expansions)
{
    /// <summary>The form, as a strict JSON schema.</summary>
    public const string Schema = """
        {
          "type": "object",
          "properties": {
            "expansions": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "prompt": { "type": "integer", "description": "Number of the prompt." },
                  "expressions": { "type": "array", "items": { "type": "string" } }
                },
                "required": ["prompt", "expressions"],
                "additionalProperties": false
              }
            }
          },
          "required": ["expansions"],
          "additionalProperties": false
        }
        """;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">The text has another form.</exception>
    public static ExpansionAnswer Read(string json)
    {
        ExpansionAnswer? answer = JsonSerializer.Deserialize(json, ExpansionJsonContext.Default.ExpansionAnswer);
        return answer is { Expansions: not null } && answer.Expansions.All(entry => entry?.Expressions is not null)
            ? answer
            : throw new JsonException("the answer has no expansions");
    }

    /// <summary>The prompts with those expressions that are short, new and within bounds.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="most">Most expressions a prompt.</param>
    /// <param name="longest">Longest expression, characters.</param>
    public IReadOnlyList<SegmentationPrompt> AddTo(IReadOnlyList<SegmentationPrompt> prompts, int most, int longest)
    {
        // A name that stands for two prompts would stand for neither.
        var taken = new HashSet<string>(
            prompts.SelectMany(prompt => (string[])[prompt.Text, .. prompt.Synonyms]),
            StringComparer.OrdinalIgnoreCase);
        SegmentationPrompt[] expanded = [.. prompts];
        foreach (Entry entry in
            Expansions.Where(entry => entry.Prompt >= 1 && entry.Prompt <= prompts.Count)
                .DistinctBy(entry => entry.Prompt))
        {
            string[] added =
            [
                .. entry.Expressions
                    .Select(expression => (expression ?? "").Trim())
                    .Where(expression => expression.Length <= longest && expression.Any(
                        char.IsLetterOrDigit) && !expression.Any(IsForbidden))
                    .Where(taken.Add)
                    .Take(most),
            ];
            SegmentationPrompt prompt = prompts[entry.Prompt - 1];
            expanded[entry.Prompt - 1] = prompt with { Synonyms = [.. prompt.Synonyms, .. added] };
        }

        return expanded;
    }

    // Separators of written vocabularies, and what a terminal would obey.
    private static bool IsForbidden(char letter) => letter is ';' or ',' || char.IsControl(letter);

    /// <summary>The expressions for one prompt.</summary>
    /// <param name="Prompt">Number of the prompt, from 1.</param>
    /// <param name="Expressions">The expressions.</param>
    internal sealed record Entry(int Prompt, IReadOnlyList<string> Expressions);
}

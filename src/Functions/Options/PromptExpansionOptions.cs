using System.ComponentModel.DataAnnotations;

namespace FrozenSeg.Functions.Options;

/// <summary>Settings of prompt expansion, from the section <c>PromptExpansion</c>.</summary>
internal sealed class PromptExpansionOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "PromptExpansion";

    /// <summary>Who expands prompts. Default: none.</summary>
    public ExpansionProvider Provider { get; set; } = ExpansionProvider.None;

    /// <summary>Address of the Azure OpenAI resource.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Name of the deployment.</summary>
    public string? Deployment { get; set; }

    /// <summary>Longest time for an answer, seconds. Default: 15.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>Most tokens of an answer. Default: 4,000.</summary>
    [Range(100, 100_000)]
    public int MaxOutputTokens { get; set; } = 4_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider is ExpansionProvider.AzureOpenAI
            && (Endpoint is not { IsAbsoluteUri: true } || string.IsNullOrWhiteSpace(Deployment)))
            yield return new ValidationResult($"{Section}: Azure OpenAI needs Endpoint and Deployment");
    }
}

namespace FrozenSeg.Serving.Prompting;

/// <summary>The language model that expands prompts, and what it may cost.</summary>
internal sealed record LanguageModelOptions
{
    /// <summary>Address of the Azure OpenAI resource, for instance <c>https://NAME.openai.azure.com</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name of the deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>Key of the resource; null signs in with the identity of the process.</summary>
    public string? Key { get; init; }

    /// <summary>Longest time for all of it, retries included; 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a call is tried again. Default: 1.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Most prompts that are expanded in a request; the others stay as they are. Default: 100.</summary>
    public int MaxPrompts { get; init; } = 100;

    /// <summary>Most tokens of an answer. Default: 4,000.</summary>
    public int MaxOutputTokens { get; init; } = 4_000;

    /// <summary>Longest expression, characters. Default: 100.</summary>
    public int MaxExpressionLength { get; init; } = 100;

    /// <summary>Longest side of the picture that is shown, pixels. Default: 768.</summary>
    public int ImageSide { get; init; } = 768;
}

namespace FrozenSeg.Functions.Options;

/// <summary>Who expands prompts.</summary>
internal enum ExpansionProvider
{
    /// <summary>Nobody: a request that asks for it is refused.</summary>
    None,

    /// <summary>A language model on Azure OpenAI.</summary>
    AzureOpenAI,
}

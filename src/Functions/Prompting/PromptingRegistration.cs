using FrozenSeg.Functions.Options;
using FrozenSeg.Serving.Prompting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Prompting;

/// <summary>
/// Prompt expansion, by the service that the settings name; signed in with the identity of the process.
/// </summary>
internal static class PromptingRegistration
{
    /// <summary>Adds the expander.</summary>
    public static IServiceCollection AddPromptExpansion(this IServiceCollection services)
    {
        services.AddOptions<PromptExpansionOptions>()
            .BindConfiguration(PromptExpansionOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton(
            provider => Create(provider.GetRequiredService<IOptions<PromptExpansionOptions>>().Value));
    }

    private static IPromptExpander Create(PromptExpansionOptions options) => options.Provider is ExpansionProvider.None
        ? NoExpansion.Instance
        : new LanguageModelExpander(new LanguageModelOptions
        {
            Endpoint = options.Endpoint!,
            Deployment = options.Deployment!,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxOutputTokens = options.MaxOutputTokens,
        });
}

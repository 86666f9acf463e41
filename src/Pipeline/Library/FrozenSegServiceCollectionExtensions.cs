using FrozenSeg;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a <see cref="Segmenter"/> into an application.</summary>
public static class FrozenSegServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="Segmenter"/> for the whole application, options that are validated when it starts, and the
    /// health check <c>frozenseg</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null leaves the defaults.</param>
    /// <returns>The options, to bind or to validate further.</returns>
    public static OptionsBuilder<SegmenterOptions> AddFrozenSeg(
        this IServiceCollection services, Action<SegmenterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SegmenterOptions>, SegmenterOptionsValidator>());
        services.TryAddSingleton(
            provider => new Segmenter(provider.GetRequiredService<IOptions<SegmenterOptions>>().Value));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "frozenseg", provider => new SegmenterHealthCheck(provider), failureStatus: null, tags: null));
        OptionsBuilder<SegmenterOptions> options = services.AddOptions<SegmenterOptions>().ValidateOnStart();
        return configure is null ? options : options.Configure(configure);
    }
}

using FrozenSeg.Serving;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Callers;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts the HTTP service into an application.</summary>
public static class FrozenSegServingExtensions
{
    /// <summary>Adds the service, and options that are validated when the application starts.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null leaves the defaults.</param>
    /// <returns>The options, to bind or to validate further.</returns>
    public static OptionsBuilder<ServingOptions> AddFrozenSegService(
        this IServiceCollection services, Action<ServingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ServingOptions>, ServingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HostedSegmentation>();
        services.AddHostedService<Retention>();
        OptionsBuilder<ServingOptions> options = services.AddOptions<ServingOptions>().ValidateOnStart();
        return configure is null ? options : options.Configure(configure);
    }

    /// <summary>
    /// Maps the page to <c>/</c> and the API below <c>/api</c>, and takes up what an earlier run left unfinished.
    /// </summary>
    /// <param name="routes">The application.</param>
    /// <returns>The routes, to add conventions to.</returns>
    /// <exception cref="SegmentationProblemException">The folder cannot be used, or ONNX Runtime is
    /// missing.</exception>
    /// <exception cref="OptionsValidationException">The options are unusable.</exception>
    public static IEndpointConventionBuilder MapFrozenSegService(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        HostedSegmentation hosted = routes.ServiceProvider.GetRequiredService<HostedSegmentation>();
        bool onlyLocalNames = hosted.Api.Keys.Count == 0;
        RouteGroupBuilder group = routes.MapGroup("");
        group.WithMetadata(new BodyLimit(hosted.Api.MaxBodyBytes));
        group.AddEndpointFilter((call, next) => GuardAsync(call, next, onlyLocalNames));
        group.MapSegmentationApi(hosted.Service.CreateApi(hosted.Api));
        group.MapInteractionApi(hosted.Service.CreateInteractionApi(hosted.Api));
        return group;
    }

    // What is refused has its answer written already.
    private static async ValueTask<object?> GuardAsync(
        EndpointFilterInvocationContext call, EndpointFilterDelegate next, bool onlyLocalNames)
    {
        object? answer = Results.Empty;
        var guard = new SameSiteGuard(async _ => answer = await next(call), onlyLocalNames);
        await guard.InvokeAsync(call.HttpContext);
        return answer;
    }
}

using System.ComponentModel.DataAnnotations;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Functions.Options;

/// <summary>
/// Settings of the app, from the section <c>Service</c>; in the environment <c>Service__Role</c> and so on.
/// </summary>
internal sealed class ServiceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Service";

    /// <summary>Which functions this process offers. Default: all.</summary>
    public AppRole Role { get; set; } = AppRole.All;

    /// <summary>How callers of the HTTP API show who they are. By keys.</summary>
    public CallerIdentity Callers { get; set; } = CallerIdentity.Keys;

    /// <summary>
    /// Application role that a caller's token must have, where callers come with tokens. Default:
    /// <c>Segmentation.Use</c>; empty lets in everybody who gets a token.
    /// </summary>
    public string CallerRole { get; set; } = "Segmentation.Use";

    /// <summary>
    /// Execution provider. Default: Auto; the fallback to the CPU is logged and shown by <c>/api/health/details</c>.
    /// </summary>
    public ExecutionProviderChoice Provider { get; set; } = ExecutionProviderChoice.Auto;

    /// <summary>Arithmetic of the networks. Default: Float32.</summary>
    public Precision Precision { get; set; } = Precision.Float32;

    /// <summary>Threads of one run on the CPU; 0 takes every core.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Most device memory the arena may take, MiB; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int DeviceMemoryLimitMegabytes { get; set; }

    /// <summary>Which networks; a file name is looked for in <see cref="ModelsFolder"/>.</summary>
    public ModelSelection Models { get; set; } = ModelSelection.Default;

    /// <summary>Container whose weight files are copied to <see cref="ModelsFolder"/> at the start; null copies none:
    /// they are there, in the image or on a mounted share.</summary>
    public string? ModelsContainer { get; set; }

    /// <summary>Folder with weight files.</summary>
    public string ModelsFolder { get; set; } = "models";

    /// <summary>Days that instances, results and working data are kept. Default: 30.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 30;

    /// <summary>Whether requests may name pictures by address. Default: false.</summary>
    public bool AllowsUrls { get; set; }

    /// <summary>Whether callers are told of the end at an address of theirs. Default: false.</summary>
    public bool AllowsCallbacks { get; set; }

    /// <summary>
    /// Secrets that callbacks are signed with, the new beside the old while one is replaced; none signs nothing.
    /// </summary>
    public IReadOnlyList<string> CallbackSecrets { get; set; } = [];

    /// <summary>Pictures of one manifest at work at once. Default: 20.</summary>
    [Range(1, 1000)]
    public int ManifestParallelism { get; set; } = 20;

    /// <summary>Most lines of a manifest. Default: 100,000.</summary>
    [Range(1, 1_000_000)]
    public int ManifestMaxLines { get; set; } = 100_000;
}

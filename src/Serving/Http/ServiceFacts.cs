using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Http;

/// <summary>What the service says of itself.</summary>
internal sealed record ServiceFacts
{
    /// <summary>The methods, the default first.</summary>
    public IReadOnlyList<MethodCapabilities> Methods { get; init; } = MethodFactory.Methods;

    /// <summary>The networks; null where none are loaded, in an application without a device.</summary>
    public ModelLibrary? Library { get; init; }

    /// <summary>The vocabularies a request can name.</summary>
    public IReadOnlyList<VocabularyEntry> Vocabularies { get; init; } = [];

    /// <summary>How many segmentations have not ended; null where that is not known.</summary>
    public Func<QueueLoad>? Queue { get; init; }

    /// <summary>How full the folder of the service is; null where there is none.</summary>
    public Func<FolderLoad>? Folder { get; init; }

    /// <summary>Why nothing is accepted now; null when something is.</summary>
    public Func<ServiceRefusal?>? FindRefusal { get; init; }

    /// <summary>What is wrong with the service; null when nothing is.</summary>
    public Func<CancellationToken, Task<string?>>? FindFault { get; init; }

    /// <summary>Whether it answers points and boxes. Default: false.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The forms it turns results into.</summary>
    public IReadOnlyList<string> Exports { get; init; } = [];

    internal ModelsDocument Models() => new(
        Methods,
        Library is null
            ? []
            : [.. ModelSelection.Roles.Select(
                role => new ModelEntry(role.Role, Path.GetFileName(role.Name(Library.Selection))))],
        Loaded(),
        IsInteractive,
        Exports,
        Library is null ? [] : NanoWarnings.BeforePictures(Library.Selection, Methods.Select(method => method.Name)));

    internal async Task<HealthDocument> HealthAsync(CancellationToken cancellation)
    {
        string? fault = FindFault is null ? null : await FindFault(cancellation);
        SessionFactory? sessions = Library?.Sessions;
        return new HealthDocument(
            fault is null ? "ready" : "unhealthy",
            typeof(ServiceFacts).Assembly.GetName().Version!.ToString(3),
            sessions?.ActiveProvider.ToString().ToLowerInvariant() ?? "none",
            sessions?.FallbackReason,
            Loaded(),
            Queue?.Invoke(),
            Folder?.Invoke(),
            fault);
    }

    // A path says more about the machine than a caller needs to know.
    private IReadOnlyList<string> Loaded() =>
        Library is null ? [] : [.. Library.Loaded.Select(
            key => key.Split(':', 2) is [var role, var name] ? $"{role}:{Path.GetFileName(name)}" : key)];
}

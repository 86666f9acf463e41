using Azure;
using Azure.Storage.Blobs;
using FrozenSeg.Functions.Activities;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Shared.Vocabularies;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Api;

/// <summary>What this process says of itself, as it is now.</summary>
/// <param name="stages">The stages.</param>
/// <param name="service">The image storage account.</param>
/// <param name="options">Settings of the app.</param>
internal sealed class ServiceDescription(StageHost stages, BlobServiceClient service, IOptions<ServiceOptions> options)
{
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(5);

    /// <summary>How the API behaves. Keys are the host's, which lets nobody through without one.</summary>
    public ApiOptions Options { get; } = new()
    {
        HostAsksForKeys = options.Value.Callers is CallerIdentity.Keys,
        NeedsPrincipal = options.Value.Callers is CallerIdentity.Entra,
        CallerRole = options.Value.CallerRole is { Length: > 0 } role ? role : null,
    };

    /// <summary>The role of this process.</summary>
    public string Role => options.Value.Role.ToString().ToLowerInvariant();

    /// <summary>What it says.</summary>
    public ServiceFacts Facts() => new()
    {
        Library = stages.Library,
        Vocabularies =
            [.. NamedVocabularies.All.Select(known => new VocabularyEntry(known.Name, known.Categories.Count))],
        FindFault = FindFaultAsync,
    };

    private async Task<string?> FindFaultAsync(CancellationToken cancellation)
    {
        if (stages.Failure is Exception failure)
            return failure.Message;
        return stages.IsReady ? await FindStorageFaultAsync(cancellation) : "the models are on their way";
    }

    private async Task<string?> FindStorageFaultAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StoragePatience);
        try
        {
            await service.GetBlobContainerClient(Containers.Uploads).ExistsAsync(limit.Token);
            return null;
        }
        catch (RequestFailedException failure)
        {
            return $"storage refuses ({failure.ErrorCode ?? failure.Message.Split('\n', 2)[0]})";
        }
        catch (Exception failure) when (failure is OperationCanceledException or AggregateException)
        {
            return "storage does not answer";
        }
    }
}

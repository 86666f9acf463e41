using Azure.Core;
using Azure.Storage.Blobs;
using FrozenSeg.Shared.Artefacts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrozenSeg.Functions.Storage;

/// <summary>The image storage account, by identity; a connection string is for the emulator.</summary>
internal static class StorageRegistration
{
    /// <summary>Adds the account and what is kept in it.</summary>
    /// <exception cref="InvalidOperationException">The settings name no account.</exception>
    public static IServiceCollection AddStorage(
        this IServiceCollection services, IConfiguration configuration, TokenCredential credential)
    {
        services.AddSingleton(_ => Open(configuration, credential));
        return services.AddSingleton<IArtefactStore, BlobArtefactStore>();
    }

    // Whoever asks tries again for two minutes, or tells the caller to: the client itself gives up after some three
    // seconds.
    private static BlobClientOptions Impatient => new()
    {
        Retry = { MaxRetries = 3, Delay = TimeSpan.FromSeconds(0.4), MaxDelay = TimeSpan.FromSeconds(4) },
    };

    private static BlobServiceClient Open(IConfiguration configuration, TokenCredential credential)
    {
        if (configuration[Containers.Connection] is { Length: > 0 } connectionString)
            return new BlobServiceClient(connectionString, Impatient);
        string address = configuration[$"{Containers.Connection}:blobServiceUri"]
            ?? throw new InvalidOperationException(
                $"No storage account is named. Set {Containers.Connection}__blobServiceUri, or {Containers.Connection} "
                    + "for the emulator.");
        return new BlobServiceClient(new Uri(address), credential, Impatient);
    }
}

namespace FrozenSeg.Functions.Storage;

/// <summary>The containers of the image storage account; the same as in <c>infra/bicep/app/storage.bicep</c>.</summary>
internal static class Containers
{
    /// <summary>Pictures dropped here are segmented.</summary>
    public const string Uploads = "uploads";

    /// <summary>The files a user keeps, in a folder a segmentation.</summary>
    public const string Results = "results";

    /// <summary>What stages hand each other.</summary>
    public const string Artefacts = "artefacts";

    /// <summary>Name of the connection in the app's settings.</summary>
    public const string Connection = "ImageStorage";
}

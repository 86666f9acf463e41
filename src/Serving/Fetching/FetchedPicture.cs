namespace FrozenSeg.Serving.Fetching;

/// <summary>A picture that was fetched.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Content">The whole file.</param>
internal sealed record FetchedPicture(string Name, byte[] Content);

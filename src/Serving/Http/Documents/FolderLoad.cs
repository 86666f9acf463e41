namespace FrozenSeg.Serving.Http.Documents;

/// <summary>How full the folder of a service is.</summary>
/// <param name="Bytes">Bytes in it, as of a moment ago.</param>
/// <param name="MaxBytes">Beyond this nothing is accepted; null for no limit.</param>
/// <param name="FreeBytes">Bytes that are left on its disk.</param>
/// <param name="MinFreeBytes">Below this nothing is accepted.</param>
internal sealed record FolderLoad(long Bytes, long? MaxBytes, long FreeBytes, long MinFreeBytes);

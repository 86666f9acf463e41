using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>
/// Scenes as three plain arrays, which is how training reads them: <c>images.u8</c> N×S×S×3, <c>segments.u8</c> N×S×S
/// (segment ids) and <c>contents.i8</c> N×<see cref="MaxSegments"/>×4 (category, colour, pattern, size of segment id −
/// 1; −1 where there is none).
/// </summary>
internal static class TensorSceneWriter
{
    /// <summary>No scene has more segments: three of stuff and six things.</summary>
    public const int MaxSegments = 10;

    /// <summary>Pictures.</summary>
    public const string ImagesName = "images.u8";

    /// <summary>Segment ids.</summary>
    public const string SegmentsName = "segments.u8";

    /// <summary>What the segments are.</summary>
    public const string ContentsName = "contents.i8";

    /// <summary>Writes the scenes into a folder.</summary>
    public static void Write(string folder, IEnumerable<Scene> scenes) =>
        AtomicFile.Write(Path.Combine(folder, ImagesName), images =>
            AtomicFile.Write(Path.Combine(folder, SegmentsName), segments =>
                AtomicFile.Write(Path.Combine(folder, ContentsName), contents =>
                {
                    foreach (Scene scene in scenes)
                    {
                        images.Write(scene.Image.Pixels);
                        segments.Write(SegmentBytes(scene));
                        contents.Write(ContentBytes(scene));
                    }
                })));

    private static byte[] SegmentBytes(Scene scene)
    {
        var bytes = new byte[scene.Segments.Labels.Length];
        for (int at = 0; at < bytes.Length; at++)
            bytes[at] = (byte)scene.Segments.Labels[at];
        return bytes;
    }

    private static byte[] ContentBytes(Scene scene)
    {
        const int Fields = 4;
        byte[] bytes = new byte[MaxSegments * Fields];
        Array.Fill(bytes, byte.MaxValue);
        foreach (SceneSegment segment in scene.Contents)
        {
            Span<byte> row = bytes.AsSpan((segment.Id - 1) * Fields, Fields);
            row[0] = (byte)segment.Category.Index;
            row[1] = (byte)((int?)segment.Colour ?? -1);
            row[2] = (byte)((int?)segment.Pattern ?? -1);
            row[3] = (byte)((int?)segment.Size ?? -1);
        }

        return bytes;
    }
}

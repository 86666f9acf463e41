using FrozenSeg.Evaluation.Scenes.Wording;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>What the tables of a dataset need of a scene once its pictures are written.</summary>
internal sealed record SceneRecord(
    int ImageId, int Size, IReadOnlyList<SegmentRecord> Segments, IReadOnlyList<ReferringExpression> Expressions)
{
    public string FileName => $"{ImageId:D6}.png";

    public static SceneRecord Of(Scene scene, int imageId)
    {
        var segments = scene.Contents
            .Select(segment => new SegmentRecord(
                (imageId * 100) + segment.Id, segment, RunLengthEncoding.FromMask(scene.Segments.MaskOf(segment.Id))))
            .ToArray();
        return new SceneRecord(imageId, scene.Image.Width, segments, [.. ReferringExpressions.Of(scene)]);
    }
}

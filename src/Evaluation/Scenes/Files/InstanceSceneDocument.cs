namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>COCO's instance JSON: the things.</summary>
internal static class InstanceSceneDocument
{
    public static byte[] Write(IReadOnlyList<SceneRecord> scenes) => SceneJson.Write(json =>
    {
        SceneJson.WriteImages(json, scenes);
        var things = scenes.SelectMany(
            scene => scene.Segments.Where(segment => segment.Segment.Category.IsThing)
                .Select(segment => (scene.ImageId, Segment: segment)));
        SceneJson.WriteArray(json, "annotations", things, thing =>
        {
            json.WriteNumber("id", thing.Segment.AnnotationId);
            json.WriteNumber("image_id", thing.ImageId);
            json.WriteNumber("category_id", thing.Segment.Segment.Category.Id);
            json.WriteNumber("area", thing.Segment.Segment.Area);
            SceneJson.WriteBox(json, thing.Segment.Mask);
            json.WriteNumber("iscrowd", 0);
            SceneJson.WriteMask(json, thing.Segment.Mask);
        });
        SceneJson.WriteCategories(json, SceneCategories.Things);
    });
}

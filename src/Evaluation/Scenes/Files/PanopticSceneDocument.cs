namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>COCO's panoptic JSON.</summary>
internal static class PanopticSceneDocument
{
    public static byte[] Write(IReadOnlyList<SceneRecord> scenes) => SceneJson.Write(json =>
    {
        SceneJson.WriteImages(json, scenes);
        SceneJson.WriteArray(json, "annotations", scenes, scene =>
        {
            json.WriteNumber("image_id", scene.ImageId);
            json.WriteString("file_name", scene.FileName);
            SceneJson.WriteArray(json, "segments_info", scene.Segments, segment =>
            {
                json.WriteNumber("id", segment.AnnotationId);
                json.WriteNumber("category_id", segment.Segment.Category.Id);
                json.WriteNumber("area", segment.Segment.Area);
                SceneJson.WriteBox(json, segment.Mask);
                json.WriteNumber("iscrowd", 0);
            });
        });
        SceneJson.WriteCategories(json, SceneCategories.All);
    });
}

namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>
/// RefCOCO's references as JSON, each with its mask; <c>ann_id</c> points into <c>instances.json</c>.
/// </summary>
internal static class ReferringSceneDocument
{
    public static byte[] Write(IReadOnlyList<SceneRecord> scenes, SceneSplit split) => SceneJson.Write(json =>
    {
        int number = 0;
        SceneJson.WriteImages(json, scenes);
        var all = scenes.SelectMany(
            scene => scene.Expressions.Select(expression => (Scene: scene, Expression: expression)));
        SceneJson.WriteArray(json, "refs", all, reference =>
        {
            SegmentRecord segment = reference.Scene.Segments[reference.Expression.Segment.Id - 1];
            json.WriteNumber("ref_id", ++number);
            json.WriteNumber("image_id", reference.Scene.ImageId);
            json.WriteString("file_name", reference.Scene.FileName);
            json.WriteNumber("ann_id", segment.AnnotationId);
            json.WriteNumber("category_id", segment.Segment.Category.Id);
            json.WriteString("split", split.ToString().ToLowerInvariant());
            json.WriteString("kind", reference.Expression.Kind.ToString().ToLowerInvariant());
            SceneJson.WriteArray(json, "sentences", [reference.Expression.Sentence], sentence =>
            {
                json.WriteNumber("sent_id", number);
                json.WriteString("sent", sentence);
            });
            SceneJson.WriteMask(json, segment.Mask);
        });
    });
}

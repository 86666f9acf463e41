using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>
/// Scenes as a dataset in the field's forms: <c>images/*.png</c>, <c>panoptic.json</c> with <c>panoptic/*.png</c>,
/// <c>instances.json</c>, <c>semantic/*.png</c> (category indices) with <c>classes.json</c>, <c>referring.json</c>.
/// </summary>
internal static class DatasetSceneWriter
{
    /// <summary>Writes the scenes into a folder.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="options">What the scenes were made with; goes into <c>classes.json</c>.</param>
    /// <param name="scenes">The scenes.</param>
    /// <param name="done">Told how many are written, after each.</param>
    public static void Write(string folder, SceneOptions options, IEnumerable<Scene> scenes, Action<int> done)
    {
        var records = new List<SceneRecord>();
        foreach (Scene scene in scenes)
        {
            var record = SceneRecord.Of(scene, records.Count + 1);
            WritePictures(folder, scene, record);
            records.Add(record);
            done(records.Count);
        }

        AtomicFile.Write(Path.Combine(folder, "panoptic.json"), PanopticSceneDocument.Write(records));
        AtomicFile.Write(Path.Combine(folder, "instances.json"), InstanceSceneDocument.Write(records));
        AtomicFile.Write(Path.Combine(folder, "referring.json"), ReferringSceneDocument.Write(records, options.Split));
        AtomicFile.Write(Path.Combine(folder, "classes.json"), ClassesSceneDocument.Write(options));
    }

    private static void WritePictures(string folder, Scene scene, SceneRecord record)
    {
        var ids = new LabelMap(record.Size, record.Size);
        var classes = new LabelMap(record.Size, record.Size);
        for (int at = 0; at < ids.Labels.Length; at++)
        {
            SegmentRecord segment = record.Segments[scene.Segments.Labels[at] - 1];
            ids.Labels[at] = segment.AnnotationId;
            classes.Labels[at] = segment.Segment.Category.Index;
        }

        AtomicFile.Write(Path.Combine(folder, "images", record.FileName), ImageCodec.EncodePng(scene.Image));
        AtomicFile.Write(Path.Combine(folder, "panoptic", record.FileName), PanopticPng.Write(ids));
        AtomicFile.Write(Path.Combine(folder, "semantic", record.FileName), LabelMapPng.Write(classes));
    }
}

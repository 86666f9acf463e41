using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Golden.Car;

/// <summary><c>class_lists.json</c>: names CaR looks for, background phrases, templates.</summary>
internal sealed class ClassListsKind() : FileKind("car", "*class_lists.json")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        Vocabulary pascal = CarVocabularies.PascalContext;
        JsonElement paper = golden.RootElement.GetProperty("background_paper");
        JsonProperty[] groups = [.. paper.EnumerateObject()];
        return
        [
            List("voc20", CarVocabularies.Voc.Categories.Select(CarQueries.TextOf)),
            List("coco_object80", CarVocabularies.CocoObject.Categories.Select(CarQueries.TextOf)),
            List("pascal_context59", pascal.Categories.Select(CarQueries.TextOf)),
            Kind("pascal_context_thing_id", CategoryKind.Thing),
            Kind("pascal_context_stuff_id", CategoryKind.Stuff),
            List("background_config", BackgroundQueries.Released),
            Same(groups[0].Name, groups[0].Value, BackgroundQueries.Terrestrial),
            Same(groups[1].Name, groups[1].Value, BackgroundQueries.AquaticAtmospheric),
            Same(groups[2].Name, groups[2].Value, BackgroundQueries.ManMade),
            List("semantic_templates", PromptTemplates.ClipAsRnn),
            Compare.That(
                "cam_text_template",
                golden.RootElement.GetProperty("cam_text_template").GetString() == new CarOptions().CamTemplate),
        ];

        GoldenCheck List(string name, IEnumerable<string> actual) =>
            Same(name, golden.RootElement.GetProperty(name), actual);

        GoldenCheck Same(string name, JsonElement expected, IEnumerable<string> actual) =>
            Compare.Equal<string>(name, [.. actual], expected.Deserialize<string[]>());

        // The released list of stuff is not in the order of the classes.
        GoldenCheck Kind(string name, CategoryKind kind) => Compare.Equal<int>(
            name,
            [.. Enumerable.Range(0, pascal.Count).Where(index => pascal[index].Kind == kind)],
            [.. golden.RootElement.GetProperty(name).Deserialize<int[]>()!.Order()]);
    }
}

using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Tests.Runs;

/// <summary>Annotations of a <see cref="PaintedDataset"/> in the forms that datasets come in.</summary>
internal static class PaintedAnnotations
{
    public static void WritePictures(this PaintedDataset data, string path, string[] names, int classes)
    {
        foreach ((string name, int i) in names.Select((name, i) => (name, i)))
            data.Picture(string.Format(path, name), PaintedDataset.Classes(i, classes));
    }

    public static void WriteSemantic(
        this PaintedDataset data, string path, string[] names, int classes, Func<int, int> label)
    {
        foreach ((string name, int i) in names.Select((name, i) => (name, i)))
            data.Semantic(string.Format(path, name), PaintedDataset.Classes(i, classes), label);
    }

    public static void WritePanoptic(
        this PaintedDataset data,
        string json,
        string maps,
        string[] names,
        object[] ids,
        IReadOnlyList<Category> classes,
        Func<Category, int> id,
        string image = "{0}.jpg",
        string? name = null,
        object[]? more = null)
    {
        foreach (string picture in names)
            data.Panoptic(string.Format(maps, picture));
        data.Json(json, new
        {
            images = names.Select((picture, i) => PaintedDataset.Image(ids[i], string.Format(image, picture))),
            annotations = names.Select((picture, i) => new
            {
                image_id = ids[i],
                file_name = Path.GetFileName(string.Format(maps, picture)),
                segments_info = PaintedDataset.Classes(i, classes.Count).Select(
                    (position, part) => new { id = part + 1, category_id = id(classes[position]), iscrowd = 0 }),
            }),
            categories = classes.Select(category => (object)new
            {
                id = id(category),
                name = name is null ? category.Name : $"{name} {id(category)}",
                isthing = category.Kind is CategoryKind.Thing ? 1 : 0,
            }).Concat(more ?? []),
        });
    }

    public static void WriteInstances(
        this PaintedDataset data,
        string json,
        string[] names,
        int[] ids,
        IReadOnlyList<Category> classes,
        Func<Category, int> id,
        string? name = null)
    {
        var annotations = new List<object>();
        for (int i = 0; i < names.Length; i++)
        {
            int[] positions = PaintedDataset.Classes(i, classes.Count);
            foreach (int part in Enumerable.Range(0, positions.Length).Where(
                part => classes[positions[part]].Kind is CategoryKind.Thing))
                annotations.Add(new
                {
                    id = annotations.Count + 1,
                    image_id = ids[i],
                    category_id = id(classes[positions[part]]),
                    iscrowd = 0,
                    area = 12.0,
                    segmentation = PaintedDataset.Mask(part),
                });
        }

        data.Json(json, new
        {
            images = names.Select((picture, i) => new
            {
                id = ids[i],
                file_name = $"{picture}.jpg",
                width = 8,
                height = 6,
                neg_category_ids = Array.Empty<int>(),
                not_exhaustive_category_ids = Array.Empty<int>(),
            }),
            annotations,
            categories = classes.Where(category => category.Kind is CategoryKind.Thing)
                .Select(category => new
                {
                    id = id(category),
                    name = name is null ? category.Name : $"{name} {id(category)}",
                    frequency = "f",
                }),
        });
    }
}

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>The lists all of COCO's files share.</summary>
internal static class CocoParts
{
    public static object[] Images(ConversionSet set) => [.. set.Results.Select((result, i) => new
    {
        id = i + 1,
        file_name = result.Document.Image.Name,
        width = result.Document.Image.Width,
        height = result.Document.Image.Height,
    })];

    public static object[] Categories(ConversionSet set) => [.. set.Classes.Select(category => new
    {
        id = category.Id,
        name = category.Name,
        isthing = category.IsThing ? 1 : 0,
    })];
}

using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Conversion.Targets;

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

    /// <summary>
    /// The classes with everything panopticapi's tools ask for: they paint segments in shades of a class's colour.
    /// </summary>
    public static object[] Categories(ConversionSet set) => [.. set.Classes.Select(category => new
    {
        id = category.Id,
        name = category.Name,
        supercategory = category.IsThing ? "thing" : "stuff",
        isthing = category.IsThing ? 1 : 0,
        color = Colour(Palette.Colour(category.Index)),
    })];

    private static int[] Colour(Rgb colour) => [colour.Red, colour.Green, colour.Blue];
}

namespace FrozenSeg.Evaluation.Formats;

/// <summary>
/// What the picture, its annotations and its result have in common: the file name without folder and ending, and
/// without what a dataset appends to tell its files apart.
/// </summary>
internal static class PictureNames
{
    // Cityscapes, COCO Object, BDD100K; the longer ones first, since some end with others.
    private static readonly string[] Suffixes =
    [
        "_gtFine_labelTrainIds", "_gtFine_labelIds", "_gtFine_leftImg8bit", "_gtFine_panoptic", "_leftImg8bit",
        "_instanceTrainIds", "_train_id",
    ];

    /// <summary>The name of a picture.</summary>
    /// <param name="file">Path or name of one of its files.</param>
    public static string Of(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return Suffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is string found
            ? name[..^found.Length]
            : name;
    }
}

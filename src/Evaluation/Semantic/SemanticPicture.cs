using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>One semantic picture.</summary>
/// <param name="Key">What pairs it with its counterpart: the file name without endings.</param>
/// <param name="Path">The PNG.</param>
/// <param name="Scheme">What its pixels mean.</param>
/// <param name="Vocabulary">For results of <c>segment</c>: the dataset's class of each label, −1 for none; null
/// otherwise.</param>
internal sealed record SemanticPicture(
    string Key, string Path, LabelScheme Scheme, IReadOnlyList<int>? Vocabulary = null)
{
    /// <summary>Stands for "no class".</summary>
    public const int Void = -1;

    private const int Rgb = 3;

    /// <summary>The largest sample a picture could hold, which means void; of RGB pictures no sample does.</summary>
    public static int LargestSample(Raster raster) =>
        raster.Channels >= Rgb ? int.MaxValue : raster.BitDepth == 16 ? ushort.MaxValue : byte.MaxValue;

    /// <summary>The class of a sample.</summary>
    /// <param name="sample">As stored.</param>
    /// <param name="largest">The largest sample the picture could hold, which means void.</param>
    public int ClassOf(int sample, int largest) => Scheme switch
    {
        _ when Vocabulary is not null => sample < Vocabulary.Count ? Vocabulary[sample] : Void,
        LabelScheme.Voc when largest > ushort.MaxValue => Voc(sample),
        _ when sample == largest => Void,
        LabelScheme.Ade => sample - 1,
        LabelScheme.Cityscapes => CityscapesLabels.TrainId(sample) ?? Void,
        _ => sample,
    };

    // 224, 224, 192 is the colour of the palette's last entries' outline: index 255, void.
    private static int Voc(int colour) =>
        VocPalette.Indices.TryGetValue(colour, out int index) && index != byte.MaxValue ? index : Void;
}

using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline;

/// <summary>
/// What the bundled nano models cannot know, said before they answer: they have seen generated scenes of 128 pixels and
/// 32 words. A picture of another size is none of those, and a word that is not among them means nothing to them.
/// </summary>
internal static class NanoWarnings
{
    // Scenes are 128 × 128; a little more or less may still be one that somebody cut or enlarged.
    private const int LeastSide = 96, MostSide = 160, MostNamed = 4;

    /// <summary>The warnings for a method's work; none where no nano network takes part.</summary>
    /// <param name="models">The networks in use.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="image">The picture.</param>
    /// <param name="words">What is looked for; null for nothing in particular.</param>
    public static IReadOnlyList<string> Of(ModelSelection models, string method, PixelImage image, Vocabulary? words)
    {
        var warnings = new List<string>();
        bool isSamNano = UsesSam(method) && BundledModels.IsNano(models.Sam);
        bool areWordsNano = WordRoles(method).Any(role => BundledModels.IsNano(models.Of(role)));
        if ((isSamNano || areWordsNano) && !IsSceneSized(image))
            warnings.Add(Picture(image, areWordsNano ? ModelFamilies.Photo : ModelFamilies.Sam));
        string[] unknown = !areWordsNano || words is null
            ? []
            : [.. words.Categories.Where(category => !category.Names.Any(NanoWords.Knows)).Select(
                category => category.Name)];
        if (unknown.Length > 0)
        {
            string more = unknown.Length > MostNamed ? $" and {unknown.Length - MostNamed} more" : "";
            warnings.Add(
                $"the bundled nano models know {NanoWords.All.Count} words, and not "
                    + $"{string.Join(", ", unknown.Take(MostNamed).Select(word => $"'{word}'"))}{more}: "
                + $"what is called so is guesswork. For every word: frozenseg models pull {ModelFamilies.Photo}");
        }

        return warnings;
    }

    /// <summary>The warning for a SAM that is used by itself; none unless it is nano's.</summary>
    public static IReadOnlyList<string> OfSam(string model, PixelImage image) =>
        BundledModels.IsNano(model) && !IsSceneSized(image) ? [Picture(image, ModelFamilies.Sam)] : [];

    /// <summary>
    /// What somebody should know before the first picture; nothing where every network is a published one.
    /// </summary>
    /// <param name="models">The networks in use.</param>
    /// <param name="methods">The methods that may be asked for.</param>
    public static IReadOnlyList<string> BeforePictures(ModelSelection models, IEnumerable<string> methods)
    {
        string[] all = [.. methods];
        string[] words = [.. all.Where(method => WordRoles(method).Any(role => BundledModels.IsNano(models.Of(role))))];
        var warnings = new List<string>();
        if (words.Length > 0)
        {
            warnings.Add(
                $"The bundled nano models answer for words ({string.Join(", ", words)}). They know generated scenes "
                    + "only: what they find in a "
                + $"photograph is guesswork. For photographs: frozenseg models pull {ModelFamilies.Photo}");
        }

        if (all.Any(UsesSam) && BundledModels.IsNano(models.Sam))
            warnings.Add($"Masks are a bundled nano model's, for generated scenes. For photographs: frozenseg models "
                + $"pull {ModelFamilies.Sam}");
        return warnings;
    }

    private static string Picture(PixelImage image, string family) =>
        $"the bundled nano models know generated scenes of 128×128 pixels only, and this picture has "
            + $"{image.Width}×{image.Height}: "
        + $"what they find in a photograph is guesswork. For photographs: frozenseg models pull {family}";

    private static bool IsSceneSized(PixelImage image) =>
        image.Width is >= LeastSide and <= MostSide && image.Height is >= LeastSide and <= MostSide;

    private static bool UsesSam(string method) => method is AutomaskMethod.MethodName or SegmentFusion.MethodName;

    private static string[] WordRoles(string method) => method switch
    {
        CarMethod.MethodName => [RoleNames.CarClip, RoleNames.CarClassifier],
        FrozenSegMethod.FrozenSegName or ProposalsMethod.MethodName => [RoleNames.FrozenSeg],
        FrozenSegMethod.FcClipName => [RoleNames.FcClip],
        SegmentFusion.MethodName => [RoleNames.CarClip, RoleNames.FrozenSeg],
        _ => [],
    };
}

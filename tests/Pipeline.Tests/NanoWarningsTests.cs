using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests;

/// <summary>What is said of the bundled models before they answer.</summary>
public class NanoWarningsTests
{
    private static readonly ModelSelection Nano = new()
    {
        Sam = BundledModels.Nano,
        CarClip = BundledModels.Nano,
        CarClassifier = BundledModels.Nano,
        FrozenSegCheckpoint = BundledModels.Nano,
    };

    private static readonly PixelImage Scene = TestPicture.Make(128, 128), Photograph = TestPicture.Make(427, 640);

    [Fact]
    public void Of_SceneAndItsWords_SaysNothing() =>
        Assert.Empty(Of(Nano, CarMethod.MethodName, Scene, "the red car; grass (stuff)"));

    [Fact]
    public void Of_Photograph_SaysItsSizeAndTheCommandThatHelps()
    {
        string warning = Assert.Single(Of(Nano, CarMethod.MethodName, Photograph, "car"));

        Assert.Contains("640×427", warning, StringComparison.Ordinal);
        Assert.EndsWith("frozenseg models pull photo", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_MasksOfAPhotograph_NeedASamAlone() =>
        Assert.EndsWith(
            "frozenseg models pull sam",
            Assert.Single(Of(Nano, AutomaskMethod.MethodName, Photograph, null)),
            StringComparison.Ordinal);

    [Fact]
    public void Of_WordsItNeverLearned_NamesFourAndCountsTheRest()
    {
        string warning = Assert.Single(
            Of(Nano, FrozenSegMethod.FrozenSegName, Scene, "car; dog; printer; cat; zebra; truck; bus"));

        Assert.Contains("'dog', 'printer', 'cat', 'zebra' and 2 more", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SynonymItLearned_IsEnough() => Assert.Empty(Of(Nano, CarMethod.MethodName, Scene, "feline, duck"));

    [Fact]
    public void Of_PublishedNetworks_SaysNothing()
    {
        var published =
            new ModelSelection { Sam = "mobile-sam", CarClip = "clip-vit-b-16", CarClassifier = "clip-vit-l-14" };

        Assert.Empty(Of(published, CarMethod.MethodName, Photograph, "printer"));
        Assert.Empty(Of(published, AutomaskMethod.MethodName, Photograph, null));
        Assert.Empty(NanoWarnings.BeforePictures(published, [CarMethod.MethodName, AutomaskMethod.MethodName]));
    }

    [Fact]
    public void BeforePictures_NanoWordsBesideAPublishedSam_NamesTheMethodsOfWords()
    {
        string warning = Assert.Single(
            NanoWarnings.BeforePictures(
                Nano with { Sam = "mobile-sam" }, [AutomaskMethod.MethodName, CarMethod.MethodName]));

        Assert.Contains("(car)", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void BeforePictures_NanoSam_NamesTheCommandForMasks() => Assert.EndsWith(
        "frozenseg models pull sam",
        Assert.Single(NanoWarnings.BeforePictures(Nano, [AutomaskMethod.MethodName])),
        StringComparison.Ordinal);

    private static IReadOnlyList<string> Of(ModelSelection models, string method, PixelImage image, string? words) =>
        NanoWarnings.Of(models, method, image, words is null ? null : Vocabulary.Parse(words));
}

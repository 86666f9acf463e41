using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Shared.Tests.Artefacts;

public sealed class ArtefactKeyTests
{
    [Fact]
    public void Derive_SameParts_IsTheSameKey()
    {
        Assert.Equal(ArtefactKey.Derive("masks", ".json", "a", "b"), ArtefactKey.Derive("masks", ".json", "a", "b"));
    }

    [Fact]
    public void Derive_PartsCutElsewhere_IsAnotherKey()
    {
        ArtefactKey[] keys =
        [
            ArtefactKey.Derive("masks", ".json", "ab", "c"),
            ArtefactKey.Derive("masks", ".json", "a", "bc"),
            ArtefactKey.Derive("masks", ".json", "abc"),
            ArtefactKey.Derive("masks", ".json", "abc", ""),
            ArtefactKey.Derive("masks", ".json", "abc", null),
            ArtefactKey.Derive("scores", ".json", "abc"),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void OfContent_HoldsTheHashOfTheContent()
    {
        Assert.Equal(
            "images/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.png",
            ArtefactKey.OfContent("images", "abc"u8, ".png").Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("masks")]
    [InlineData("masks/")]
    [InlineData("masks/../secret")]
    [InlineData("masks/.hidden")]
    [InlineData("/masks/a")]
    [InlineData("masks\\a")]
    [InlineData("masks/a b")]
    [InlineData("masks/a\n")]
    public void Parse_TextThatIsNoSafePath_Throws(string text)
    {
        Assert.Throws<FormatException>(() => ArtefactKey.Parse(text));
    }

    [Fact]
    public void Parse_NestedKey_IsKept()
    {
        Assert.Equal("results/7f/overlay.png", ArtefactKey.Parse("results/7f/overlay.png").Value);
    }
}

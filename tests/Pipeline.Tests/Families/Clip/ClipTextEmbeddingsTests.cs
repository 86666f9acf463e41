using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

public sealed class ClipTextEmbeddingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ClipFile _clip;

    public ClipTextEmbeddingsTests() => _clip = ClipFile.Open(SmallClip.Write(_folder.Root));

    public void Dispose()
    {
        _clip.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Get_TheSameTextAgain_IsTheSameArray()
    {
        using var embeddings = new ClipTextEmbeddings(_clip, SmallClip.Sessions, null);

        float[] first = embeddings.Get(["cat", "dog", "cat"])[2];

        Assert.Same(first, embeddings.Get(["cat"])[0]);
        Assert.Equal(2, embeddings.Computed);
    }

    [Fact]
    public void Get_InAnotherTemplate_IsAnotherText()
    {
        using var embeddings = new ClipTextEmbeddings(_clip, SmallClip.Sessions, null);

        Assert.NotEqual(embeddings.Get(["cat"], "a photo of a {}.")[0], embeddings.Get(["cat"])[0]);
        Assert.Same(embeddings.Get(["cat"], "my {}")[0], embeddings.Get(["my cat"])[0]);
    }

    [Fact]
    public void Get_InALaterProcess_ComesFromDisk()
    {
        float[] expected;
        using (var before = new ClipTextEmbeddings(_clip, SmallClip.Sessions, _folder.Path("cache")))
            expected = before.Get(["cat", "dog"])[1];
        using var after = new ClipTextEmbeddings(_clip, SmallClip.Sessions, _folder.Path("cache"));

        Assert.Equal(expected, after.Get(["dog"])[0]);
        Assert.Equal(0, after.Computed);
    }

    [Fact]
    public void Get_DamagedFileOnDisk_IsComputedAgain()
    {
        using (var before = new ClipTextEmbeddings(_clip, SmallClip.Sessions, _folder.Path("cache")))
            before.Get(["cat", "dog"]);
        string file = Assert.Single(Directory.EnumerateFiles(_folder.Path("cache")));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^5]);
        using (var mending = new ClipTextEmbeddings(_clip, SmallClip.Sessions, _folder.Path("cache")))
        {
            mending.Get(["cat", "dog"]);
            Assert.Equal(1, mending.Computed);
        }

        using var after = new ClipTextEmbeddings(_clip, SmallClip.Sessions, _folder.Path("cache"));
        after.Get(["cat", "dog"]);
        Assert.Equal(0, after.Computed);
    }

    [Fact]
    public void Mean_OfTemplates_HasLengthOne()
    {
        using var embeddings = new ClipTextEmbeddings(_clip, SmallClip.Sessions, null);

        float[] mean = embeddings.Mean(["cat"], ["a {}.", "the {}."])[0];

        Assert.Equal(1, mean.Sum(value => value * value), 5);
    }
}

using System.Text.Json;
using FrozenSeg.Golden;
using FrozenSeg.Golden.Car;
using FrozenSeg.Golden.FrozenSeg;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Golden;

/// <summary>
/// The golden runner reads the sizes of a case from the case: generated ones of sizes that no recorded one has.
/// </summary>
public sealed class GoldenKindTests : IDisposable
{
    private static readonly GoldenContext Context = new(TinySam.Sessions, []);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void DeformableAttention_AnyBatch_IsComparedItemByItem(int batch)
    {
        string path = _folder.Path("msda_batch.npz");
        new DeformableCase(batch, (3, 4), (2, 2)).Write(path);

        GoldenResult result = Run("frozenseg", path);

        Assert.True(result.Passed, string.Join('\n', result.Details));
        Assert.Equal(4 * batch, result.Details.Count());
    }

    [Fact]
    public void DeformableAttention_ItemThatDiffers_IsNamed()
    {
        string path = _folder.Path("msda_batch.npz");
        new DeformableCase(2, (3, 4), (2, 2)).Write(path, error: 0.01f);

        GoldenResult result = Run("frozenseg", path);

        Assert.False(result.Passed);
        Assert.Contains(
            "output, item 1",
            Assert.Single(result.Details, detail => detail.Contains("FAIL", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void DeformableAttention_BatchThatCannotBeRun_SaysSoAndFails()
    {
        string path = _folder.Path("msda_batch.npz");
        new DeformableCase(2, (3, 4)).Write(path);

        GoldenResult result = Run("frozenseg", path);

        Assert.False(result.Passed);
        Assert.Contains(
            "A batch of 2 on 1 maps with weights for 2 cannot be run.",
            result.Line(TimeSpan.Zero),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.json", 2368, true)]
    [InlineData("tokenizer_more.json", 2368, true)]
    [InlineData("m_tokenizer_marks.json", 2368, true)]
    [InlineData("tokenizer_more.json", 2369, false)]
    public void Tokenizer_AnyFileOfThePattern_IsCompared(string name, int cat, bool passes)
    {
        string path = _folder.Write(name, JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            new { text = "a cat", ids = new[] { 49406, 320, cat, 49407 }, truncated = false },
        }));

        Assert.Equal(passes, Run("car", path).Passed);
    }

    [Fact]
    public void File_OfNoKind_Fails()
    {
        GoldenResult result = Run("car", _folder.Write("surprise.npz", []));

        Assert.False(result.Passed);
        Assert.Contains("unknown kind", result.Line(TimeSpan.Zero), StringComparison.Ordinal);
    }

    // Below 1 a unit of float16 is 4.9e-4 at most.
    [Theory]
    [InlineData(0.75f, 0.75048828f, true)]
    [InlineData(0.75f, 0.75097656f, false)]
    [InlineData(0.25f, 0.25024414f, true)]
    [InlineData(0.25f, 0.25048828f, false)]
    [InlineData(float.NaN, 0.25f, false)]
    public void Rounded_NumbersOfFloat16_AreComparedByItsUnit(float actual, float expected, bool passes) =>
        Assert.Equal(passes, Compare.Rounded("positions", [actual], [expected]).Passed);

    private static GoldenResult Run(string family, string path) =>
        GoldenResult.Of(new GoldenFile(family, path), [.. CarKinds.All, .. FrozenSegKinds.All], Context);
}

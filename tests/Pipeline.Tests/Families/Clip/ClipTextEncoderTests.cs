using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

public sealed class ClipTextEncoderTests : IDisposable
{
    private static readonly string[] Texts = ["a cat", "a photo of a dog in the scene.", "x"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Encode_SeveralTexts_GivesWhatEachGivesAlone()
    {
        using ClipTextEncoder encoder = Load();

        float[][] together = encoder.Encode(Texts);

        for (int i = 0; i < Texts.Length; i++)
        {
            TensorAssert.Close(encoder.Encode([Texts[i]])[0], together[i], 1e-5f);
            Assert.Equal(1, together[i].Sum(value => value * value), 4);
        }
    }

    [Fact]
    public void LogitScale_IsTheExponentialOfTheStoredNumber()
    {
        using ClipTextEncoder encoder = Load();

        Assert.Equal(100, encoder.LogitScale, 2);
    }

    [Theory]
    [InlineData("text.", "")]
    [InlineData("backbone.clip_model.", "backbone.clip_model.")]
    public void Official_NamesBelowAPrefix_GiveTheSameNetwork(string textPrefix, string otherPrefix)
    {
        Dictionary<string, string> names = ClipGraphs.Requirements(SmallClip.Configuration).Keys.ToDictionary(
            name => (name.StartsWith(
                "visual.", StringComparison.Ordinal) || name == "logit_scale" ? otherPrefix : textPrefix) + name);
        using WeightFile file = SmallClip.OpenRenamed(_folder.Path("prefixed.safetensors"), names, SmallClip.Metadata);
        IWeightSource official = ClipWeightNames.Official(file);
        ClipTextConfiguration found = ClipConfigurations.Detect(official, file.Metadata).Text;
        using var renamed = new ClipTextEncoder(found, official, SmallClip.Sessions);
        using ClipTextEncoder encoder = Load();

        Assert.Equal(SmallClip.Configuration.Text, found);
        TensorAssert.Close(encoder.Encode(Texts)[1], renamed.Encode(Texts)[1], 1e-6f);
    }

    [Fact]
    public void Detect_HeadsThatDoNotDivide_IsAProblem()
    {
        using WeightFile weights = SmallClip.OpenWeights();

        var failure = Assert.Throws<SegmentationProblemException>(
            () => ClipConfigurations.Detect(weights, new Dictionary<string, string>()));

        Assert.Contains("clip.text_heads", failure.Message, StringComparison.Ordinal);
    }

    private static ClipTextEncoder Load()
    {
        using WeightFile weights = SmallClip.OpenWeights();
        return new ClipTextEncoder(SmallClip.Configuration.Text, weights, SmallClip.Sessions);
    }
}

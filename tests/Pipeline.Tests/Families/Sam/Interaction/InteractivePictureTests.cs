using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Interaction;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam.Interaction;

public sealed class InteractivePictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _weights;
    private readonly ModelLibrary _library;
    private readonly PixelImage _image = TestPicture.Make(40, 60);

    public InteractivePictureTests()
    {
        _weights = TinySam.Write(_folder.Root);
        _library = new ModelLibrary(new ModelSelection { Sam = _weights }, TinySam.Sessions, featureBytes: 1 << 24);
    }

    public void Dispose()
    {
        _library.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Predict_SeveralPrompts_EncodesOnceAndAnswersAsThePredictorDoes()
    {
        InteractivePicture picture = InteractivePicture.Open(_library, _image);

        IReadOnlyList<PredictedMask> first = picture.Predict(SamPrompt.FromPoint(20, 20));
        picture.Predict(SamPrompt.FromBox(new BoxXyxy(5, 5, 50, 30)), multimask: false);

        using IPromptableModel alone = PromptableModels.Load(_weights, TinySam.Sessions);
        IReadOnlyList<PredictedMask> expected = new SamPredictor(alone)
            .Predict(_image, SamPrompt.FromPoint(20, 20), multimask: true);
        Assert.Equal(
            expected.OrderByDescending(mask => mask.PredictedIoU).Select(mask => mask.Segmentation),
            first.Select(mask => mask.Segmentation));
        Assert.Equal(1, _library.Features.Figures.Misses);
    }

    [Fact]
    public void Predict_AfterAutomaskOfTheSamePicture_FindsItEncoded()
    {
        using (ISegmentationMethod method = MethodFactory.Create(
            "automask", _library, new Dictionary<string, string> { ["points_per_side"] = "2" }))
            method.Segment(_image.Clone(), new SegmentationOrder(null, [SegmentationTask.Masks]), null, default);

        InteractivePicture.Open(_library, _image).Predict(SamPrompt.FromPoint(20, 20));

        Assert.Equal((1, 1), (_library.Features.Figures.Misses, _library.Features.Figures.Hits));
    }

    [Fact]
    public void Predict_FromAnEarlierAnswer_IsWhatThePredictorMakesOfItsLogits()
    {
        InteractivePicture picture = InteractivePicture.Open(_library, _image);
        PredictedMask earlier = picture.Predict(SamPrompt.FromPoint(20, 20))[0];
        var prompt = new SamPrompt { Points = [(20, 20, PromptLabel.Foreground), (50, 30, PromptLabel.Background)] };

        PredictedMask refined = picture.Predict(prompt, StartMask.From(earlier), multimask: false)[0];

        using IPromptableModel alone = PromptableModels.Load(_weights, TinySam.Sessions);
        using ImageEmbedding embedding = alone.Encode(_image, default);
        Assert.Equal(
            new SamPredictor(alone).Predict(embedding, prompt, earlier.Logits, multimask: false)[0].Segmentation,
            refined.Segmentation);
    }

    [Fact]
    public void ToLogits_MaskOfTheLeftHalf_IsSureOnBothSidesAndOutsideThePicture()
    {
        var mask = new BinaryMask(40, 60);
        for (int y = 0; y < 40; y++)
            mask.Row(y)[..30].Fill(1);
        using ImageEmbedding embedding = _library.Sam.Encode(_image, default);

        float[] logits = StartMask.From(RunLengthEncoding.FromMask(mask))
            .ToLogits(embedding.Transform, imageSize: 64, maskSize: 16);

        Assert.Equal((10, -10), (logits[0], logits[15]));
        Assert.Equal((10, -10), (logits[(9 * 16) + 7], logits[(9 * 16) + 8]));
        Assert.All(logits[(11 * 16)..], logit => Assert.Equal(-10, logit));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(61, 5)]
    [InlineData(double.NaN, 5)]
    public void Predict_PointOutside_SaysSo(double x, double y)
    {
        InteractivePicture picture = InteractivePicture.Open(_library, _image);

        var failure = Assert.Throws<SegmentationProblemException>(() => picture.Predict(SamPrompt.FromPoint(x, y)));

        Assert.Contains("outside the picture of 60×40", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_NothingShown_SaysEverythingAtOnce()
    {
        InteractivePicture picture = InteractivePicture.Open(_library, _image);

        Assert.Contains(
            "neither a point",
            Assert.Throws<SegmentationProblemException>(() => picture.Predict(new SamPrompt())).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<SegmentationProblemException>(() => picture.Predict(
            new SamPrompt
            {
                Points = [(99, 0, PromptLabel.Foreground)],
                Box = new BoxXyxy(5, 5, 5, 9),
            })).Problems.Count);
    }

    [Fact]
    public void Describe_SameMaskTwiceAndAnotherAndNone_AreUnitVectorsThatCompareAsExpected()
    {
        InteractivePicture picture = InteractivePicture.Open(_library, _image);
        RunLengthEncoding left = Rectangle(0, 20), right = Rectangle(40, 60),
            nothing = RunLengthEncoding.FromMask(new BinaryMask(40, 60));

        IReadOnlyList<float[]> vectors = picture.Describe([left, left, right, nothing]);

        Assert.Equal(1, Cosine(vectors[0], vectors[1]), 4);
        Assert.True(Cosine(vectors[0], vectors[2]) < 0.9);
        Assert.All(vectors[3], value => Assert.Equal(0, value));
        Assert.Equal([0, 1], Likeness.Rank(vectors[0], vectors, 0.95f).Select(entry => entry.Index));
    }

    private static RunLengthEncoding Rectangle(int from, int to)
    {
        var mask = new BinaryMask(40, 60);
        for (int y = 10; y < 30; y++)
            mask.Row(y)[from..to].Fill(1);
        return RunLengthEncoding.FromMask(mask);
    }

    private static float Cosine(float[] one, float[] other) => one.Zip(other, (a, b) => a * b).Sum();
}

using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam.Models;

public sealed class SamModelTests : IDisposable
{
    private static readonly PixelImage Image = new(40, 30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Detect_ReadsSizesOffTheTensors()
    {
        using WeightFile weights = WeightFile.Open(TinySam.Write(_folder.Root));

        SamConfiguration found = SamConfigurations.Detect(
            weights, new Dictionary<string, string> { ["decoder_heads"] = "4" });

        var encoder = (VitEncoderConfiguration)found.Encoder;
        Assert.Equal((64, 8, 32, 4, 32, 2), (
            found.ImageSize,
            found.PatchSize,
            found.Channels,
            found.DecoderHeads,
            found.DecoderMlpWidth,
            found.DecoderLayers));
        Assert.Equal(
            (32, 2, 2, 3, 2), (encoder.Width, encoder.Depth, encoder.Heads, encoder.WindowSize, encoder.MlpRatio));
        Assert.Equal([1], encoder.GlobalBlocks);
    }

    [Theory]
    [InlineData("decoder_heads", "many", "'many' is not a positive whole number")]
    [InlineData("decoder_heads", "0", "'0' is not a positive whole number")]
    public void Detect_MetadataThatMakeNoSense_AreNamed(string key, string value, string found)
    {
        using WeightFile weights = WeightFile.Open(TinySam.Write(_folder.Root));

        var failure = Assert.Throws<SegmentationProblemException>(
            () => SamConfigurations.Detect(weights, new Dictionary<string, string> { [key] = value }));

        Assert.Contains(found, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_SomethingElse_SaysThatItIsNoSam()
    {
        using WeightFile weights = SyntheticWeights.Open(
            _folder.Root, "other", new Dictionary<string, TensorShape> { ["visual.conv1.weight"] = new(1) });

        var failure = Assert.Throws<SegmentationProblemException>(
            () => SamConfigurations.Detect(weights, new Dictionary<string, string>()));

        Assert.Contains("it holds no SAM network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HuggingFaceNames_GivesTheSameNetwork()
    {
        Dictionary<string, TensorShape> official = SamGraphs.Requirements(TinySam.Configuration).ToDictionary();
        Dictionary<string, string> officialName = official.Keys.ToDictionary(SamWeightNames.ToHuggingFace);
        string path = _folder.Path("hf.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. officialName.Select(entry => new KeyValuePair<string, TensorShape>(entry.Key, official[entry.Value]))],
            new Dictionary<string, string>(),
            (name, shape) => SyntheticWeights.Elements(officialName[name], shape));
        using WeightFile renamed = WeightFile.Open(path);
        using var model = new SamModel(TinySam.Configuration, renamed, TinySam.Sessions);
        using SamModel original = TinySam.Load();

        using ImageEmbedding actual = model.Encode(Image, default), expected = original.Encode(Image, default);

        Assert.Equal(official.Count, officialName.Count);
        TensorAssert.Close(expected.Features.Span, actual.Features.Span, 0);
    }

    [Fact]
    public void ImageEncoder_InTheFormForAGpu_ComputesTheSame()
    {
        using WeightFile weights = WeightFile.Open(TinySam.Write(_folder.Root));
        using TensorBuffer<float> input = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("input", 3 * 64 * 64, 2), 1, 3, 64, 64);

        using TensorBuffer<float> expected = Embed(GraphTarget.Cpu), actual = Embed(GraphTarget.Gpu);

        TensorAssert.Close(expected.Span, actual.Span, 1e-5);

        TensorBuffer<float> Embed(GraphTarget target)
        {
            var graphs = new SamGraphs(TinySam.Configuration, weights, target);
            using ModelSession session = TinySam.Sessions.Create(graphs.ImageEncoder().Build());
            using SessionInputs inputs = new SessionInputs().Add(SamImageEncoder.InputName, input);
            using SessionOutputs outputs = session.Run(inputs);
            return outputs.Take<float>("embedding");
        }
    }

    [Fact]
    public void ImageEncoder_CutAtItsGlobalAttentions_ComputesTheSame()
    {
        SamConfiguration model = TinySam.Configuration with
        {
            ImageSize = 128,
            IsHighQuality = true,
            Encoder = new VitEncoderConfiguration
            {
                Width = 32,
                Depth = 5,
                Heads = 2,
                GlobalBlocks = [1, 3],
                WindowSize = 3,
                MlpRatio = 2,
            },
        };
        using WeightFile weights = WeightFile.Open(TinySam.Write(_folder.Root, model));
        using TensorBuffer<float> input = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("input", 3 * 128 * 128, 2), 1, 3, 128, 128);
        var graphs = new SamEncoderGraphs(model, weights, GraphTarget.Cpu);
        using ModelSession whole = TinySam.Sessions.Create(graphs.Whole().Build());
        using SessionInputs inputs = new SessionInputs().Add(SamImageEncoder.InputName, input);
        using SessionOutputs outputs = whole.Run(inputs);
        using TensorBuffer<float> expected = outputs.Take<float>("embedding"),
            expectedEarly = outputs.Take<float>("early");
        using var encoder = new SamImageEncoder(model, weights, TinySam.Sessions);

        (TensorBuffer<float> actual, TensorBuffer<float>? early) = encoder.Encode(inputs, wantsEarly: true, default);

        Assert.Equal(3, graphs.PartCount);
        TensorAssert.Close(expected.Span, actual.Span, 1e-5);
        TensorAssert.Close(expectedEarly.Span, early!.Span, 1e-5);
        actual.Dispose();
        early.Dispose();
    }

    [Fact]
    public void ImageEncoder_TinyVitCutAfterEveryBlock_ComputesTheSame()
    {
        SamConfiguration model = TinySam.Configuration with
        {
            ImageSize = 256,
            PatchSize = 16,
            IsHighQuality = true,
            Encoder = new TinyVitConfiguration
            {
                Widths = [8, 16, 24, 32],
                Depths = [2, 1, 2, 1],
                Heads = [1, 2, 3, 4],
                Windows = [3, 3, 5, 3],
            },
        };
        using WeightFile weights = WeightFile.Open(TinySam.Write(_folder.Root, model));
        using TensorBuffer<float> input =
            TensorBuffer<float>.From(SyntheticNumbers.Floats("input", 3 * 256 * 256, 2), 1, 3, 256, 256);
        // The form for a GPU has neither parts nor strips.
        var graphs = new SamEncoderGraphs(model, weights, GraphTarget.Gpu);
        using ModelSession whole = TinySam.Sessions.Create(graphs.Whole().Build());
        using SessionInputs inputs = new SessionInputs().Add(SamImageEncoder.InputName, input);
        using SessionOutputs outputs = whole.Run(inputs);
        using TensorBuffer<float> expected = outputs.Take<float>("embedding");
        using TensorBuffer<float> expectedEarly = outputs.Take<float>("early");
        using var encoder = new SamImageEncoder(model, weights, TinySam.Sessions);

        (TensorBuffer<float> actual, TensorBuffer<float>? early) = encoder.Encode(inputs, wantsEarly: true, default);

        Assert.Equal(7, new SamEncoderGraphs(model, weights, GraphTarget.Cpu).PartCount);
        TensorAssert.Close(expected.Span, actual.Span, 1e-5);
        TensorAssert.Close(expectedEarly.Span, early!.Span, 1e-5);
        actual.Dispose();
        early.Dispose();
    }

    [Fact]
    public void Load_MissingTensors_AreNamed()
    {
        Dictionary<string, TensorShape> some = SamGraphs.Requirements(TinySam.Configuration)
            .Where(entry => !entry.Key.Contains("blocks.1.", StringComparison.Ordinal)).ToDictionary();
        using WeightFile weights = SyntheticWeights.Open(_folder.Root, "some", some);

        var failure = Assert.Throws<SegmentationProblemException>(
            () => new SamModel(TinySam.Configuration, weights, TinySam.Sessions));

        Assert.Contains("image_encoder.blocks.1.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorsLeftOver_AreNamed()
    {
        Dictionary<string, TensorShape> more = SamGraphs.Requirements(SamConfigurations.VitT).ToDictionary();
        more["text_encoder.weight"] = new TensorShape(3);
        using WeightFile weights = SyntheticWeights.Open(_folder.Root, "more", more);

        var failure = Assert.Throws<SegmentationProblemException>(
            () => PromptableModels.Load(weights.Path, TinySam.Sessions));

        Assert.Contains("text_encoder.weight", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownName_ListsWhatThereIs()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => PromptableModels.Load("synthetic:vit_x", TinySam.Sessions));

        Assert.Contains("vit_t|vit_b", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_MasksBelowTheThreshold_AreLeftOut()
    {
        using SamModel model = TinySam.Load();
        using ImageEmbedding image = model.Encode(Image, default);
        SamPrompt[] prompts = [SamPrompt.FromPoint(5, 5), SamPrompt.FromPoint(30, 20)];
        using MaskCandidates all = model.Decode(image, prompts, true, float.NegativeInfinity, default);
        float threshold = all.Entries.Select(entry => entry.PredictedIoU).Order().ElementAt(3);

        using MaskCandidates some = model.Decode(image, prompts, true, threshold, default);

        Assert.Equal(6, all.Entries.Count);
        Assert.Equal(all.Entries.Where(entry => entry.PredictedIoU > threshold), some.Entries);
        for (int i = 0; i < some.Entries.Count; i++)
            TensorAssert.Close(all.Logits(all.Entries.ToList().IndexOf(some.Entries[i])), some.Logits(i), 1e-5);
    }

    [Fact]
    public void Decode_HighQuality_AnswersWithOneMask()
    {
        using SamModel model = TinySam.Load(SamConfigurations.HighQuality(TinySam.Configuration));
        using ImageEmbedding image = model.Encode(Image, default);

        using MaskCandidates masks = model.Decode(
            image, [SamPrompt.FromPoint(5, 5)], true, float.NegativeInfinity, default);

        Assert.Single(masks.Entries);
    }

    [Fact]
    public void Predict_BoxPointsAndMask_AllAnswer()
    {
        using SamModel model = TinySam.Load();
        var predictor = new SamPredictor(model);
        using ImageEmbedding image = model.Encode(Image, default);
        var prompt = new SamPrompt
        {
            Points = [(3, 3, PromptLabel.Background), (10, 10, PromptLabel.Foreground)],
            Box = new BoxXyxy(2, 2, 20, 20),
        };

        IReadOnlyList<PredictedMask> first = predictor.Predict(image, prompt, multimask: false);
        IReadOnlyList<PredictedMask> second = predictor.Predict(image, prompt, first[0].Logits, multimask: true);

        Assert.Single(first);
        Assert.Equal(3, second.Count);
        Assert.NotEqual(first[0].PredictedIoU, second[0].PredictedIoU);
    }

    [Fact]
    public void ProcSam_SaysThatItIsNotTrained()
    {
        using IPromptableModel model = PromptableModels.Load("procsam", TinySam.Sessions);

        Assert.Contains("untrained", model.Name, StringComparison.Ordinal);
    }
}

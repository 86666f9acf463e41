using System.Text.Json;
using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Methods;

/// <summary>
/// The bundled networks against the PyTorch that trained them: <c>tools/train/frozenseg_train/reference.py</c> wrote
/// what it computes for one scene, here the graphs compute the same.
/// </summary>
public sealed class NanoReferencesTests
{
    // Of the largest number that is kept of an output. A pixel that flips in a hard mask would cost a hundred times as
    // much.
    private const double Tolerance = 2e-4;

    private static readonly JsonElement References =
        JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path("nano", "references.json"))).RootElement;

    private static readonly PixelImage Picture = SceneSequence.Generate(
        new SceneGenerator(new SceneOptions { Split = SceneSplit.Val, Seed = 1 }),
        1,
        CancellationToken.None).Single().Image;

    // The networks' own size: nothing is resized on the way in, so that only networks are compared.
    private static readonly FrozenSegInputOptions AsItIs = new() { MinSize = 128, MaxSize = 128 };

    [Fact]
    public void Scene_IsTheOneOfTheReferences()
    {
        long sum = 0;
        foreach (byte value in Picture.Pixels)
            sum += value;

        Assert.Equal(References.GetProperty("picture").GetProperty("sum").GetInt64(), sum);
    }

    [Fact]
    public void ClipVit_MatchesPyTorch()
    {
        using ClipFile file = ClipFile.Open(BundledModels.PathOf(BundledModels.ClipVit));
        using var images = new ClipImageEncoder(file.Configuration.Vision!, file.Weights, TinySam.Sessions);
        using var texts = new ClipTextEncoder(file.Configuration.Text, file.Weights, TinySam.Sessions);

        Matches("clip-vit.image", images.Encode([Picture])[0]);
        Matches("clip-vit.text", texts.Encode([Phrase])[0]);
    }

    [Fact]
    public void ClipConvNext_MatchesPyTorch()
    {
        using FrozenSegModel model = Load(BundledModels.FcClip, hasInjectors: false);
        using ClipFile file = ClipFile.Open(BundledModels.PathOf(BundledModels.ClipConvNext));
        using var texts = new ClipTextEncoder(file.Configuration.Text, file.Weights, TinySam.Sessions);
        using EncoderInputs picture = FrozenSegModel.Prepare(Picture, AsItIs);
        using var maps = new DisposableStack();
        TensorBuffer<float>[] levels = [.. model.EncodeClip(picture, default).Select(maps.Push)];

        Matches("clip-convnext.res2", levels[0].Span);
        Matches("clip-convnext.res5", levels[^1].Span);
        Matches("clip-convnext.text", texts.Encode([Phrase])[0]);
    }

    [Fact]
    public void Sam_MatchesPyTorch()
    {
        using IPromptableModel model = PromptableModels.Load(BundledModels.Nano, TinySam.Sessions);
        JsonElement point = References.GetProperty("point");
        SamPrompt prompt = SamPrompt.FromPoint(point[0].GetDouble(), point[1].GetDouble());
        using ImageEmbedding embedding = model.Encode(Picture, default);
        using MaskCandidates masks = model.Decode(embedding, [prompt], true, float.NegativeInfinity, default);

        Matches("sam.embedding", embedding.Features.Span);
        Matches("sam.ious", [.. masks.Entries.Select(entry => entry.PredictedIoU)]);
        Matches("sam.masks", [.. Enumerable.Range(0, masks.Entries.Count).SelectMany(i => masks.Logits(i).ToArray())]);
    }

    [Theory]
    [InlineData(BundledModels.FrozenSeg, true)]
    [InlineData(BundledModels.FcClip, false)]
    public void Decoder_MatchesPyTorch(string part, bool hasInjectors)
    {
        using FrozenSegModel model = Load(part, hasInjectors);
        using EncoderInputs picture = FrozenSegModel.Prepare(Picture, AsItIs);
        using var maps = new DisposableStack();
        TensorBuffer<float>[] levels = [.. model.EncodeClip(picture, default).Select(maps.Push)];
        using TensorBuffer<float>? sam = model.EncodeSam(picture, default);
        using PixelFeatures features = model.DecodePixels(levels, sam, default);
        using QueryAnswers proposals = model.DecodeMasks(features, sam, default);

        Matches($"{part}.masks", proposals.Masks.Span);
        Matches(
            $"{part}.vectors",
            VocabularyClassifier.Normalise(proposals.ClassVectors.Span, proposals.ClassVectors.Shape[^1]));
    }

    private static string Phrase => References.GetProperty("phrase").GetString()!;

    private static FrozenSegModel Load(string part, bool hasInjectors) => new(
        FrozenSegCheckpoint.Open(
            BundledModels.PathOf(part),
            BundledModels.PathOf(BundledModels.ClipConvNext),
            hasInjectors ? BundledModels.PathOf(BundledModels.Sam) : null,
            hasInjectors),
        TinySam.Sessions);

    private static void Matches(string output, ReadOnlySpan<float> actual)
    {
        JsonElement reference = References.GetProperty("outputs").GetProperty(output);
        int every = reference.GetProperty("every").GetInt32();
        float[] expected = [.. reference.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
        Assert.Equal(
            reference.GetProperty("shape").EnumerateArray().Aggregate(1, (size, side) => size * side.GetInt32()),
            actual.Length);

        var kept = new float[expected.Length];
        for (int i = 0; i < kept.Length; i++)
            kept[i] = actual[i * every];
        TensorAssert.Close(expected, kept, Tolerance * expected.Max(MathF.Abs));
    }
}

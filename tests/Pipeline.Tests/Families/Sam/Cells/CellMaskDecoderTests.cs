using FrozenSeg.Pipeline.Families.Sam.Cells;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam.Cells;

public sealed class CellMaskDecoderTests : IDisposable
{
    private static readonly ResizeTransform Unscaled = new(64, 64, 64, 64);

    private static readonly SamPrompt[] Points =
        [SamPrompt.FromPoint(5, 5), SamPrompt.FromPoint(40, 12), SamPrompt.FromPoint(63, 63)];

    private readonly TemporaryFolder _folder = new();
    private readonly WeightFile _weights;

    public CellMaskDecoderTests() => _weights = WeightFile.Open(TinySam.Write(_folder.Root));

    public void Dispose()
    {
        _weights.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Decode_Points_AnswersLikeTheGraphs()
    {
        Compare<Lane4>(Points);
        Compare<Lane8>(Points);
        Compare<Lane16>(Points);
    }

    [Fact]
    public void Decode_BoxesAndSeveralPoints_AnswersLikeTheGraphs() => Compare<Lane8>(
        [.. Points.Select((point, i) => point with { Box = new BoxXyxy(2 + i, 3, 30, 50 - i) })]);

    [Fact]
    public void Decode_OnePrompt_AnswersLikeTheGraphs() => Compare<Lane8>(
    [
        new SamPrompt
        {
            Points =
                [(7, 9, PromptLabel.Foreground), (20, 20, PromptLabel.Background), (40, 8, PromptLabel.Foreground)],
        },
    ]);

    [Fact]
    public void Decode_MorePromptsThanAGroup_AnswersEachAsIfAlone()
    {
        SamPrompt[] prompts = [.. Enumerable.Range(0, 19).Select(i => SamPrompt.FromPoint(3 * i, 60 - (2 * i)))];
        var sessions = new SessionFactory(new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = 3 });
        using var decoder = new CellMaskDecoder<Lane8>(TinySam.Configuration, _weights, sessions);

        float[] together = Decode(decoder, prompts, out _);

        for (int i = 0; i < prompts.Length; i += 6)
        {
            float[] alone = Decode(decoder, [prompts[i]], out _);
            TensorAssert.Close(alone, together.AsSpan(i * alone.Length, alone.Length), 1e-5);
        }
    }

    [Fact]
    public void Load_OnACpu_TakesThePassesWhereTheyServe()
    {
        using IMaskDecoder plain = MaskDecoders.Load(TinySam.Configuration, _weights, TinySam.Sessions);
        using var folder = new TemporaryFolder();
        SamConfiguration highQuality = SamConfigurations.HighQuality(TinySam.Configuration);
        using WeightFile weights = WeightFile.Open(TinySam.Write(folder.Root, highQuality));
        using IMaskDecoder graphs = MaskDecoders.Load(highQuality, weights, TinySam.Sessions);

        Assert.IsNotType<GraphMaskDecoder>(plain);
        Assert.IsType<GraphMaskDecoder>(graphs);
    }

    private void Compare<TLane>(SamPrompt[] prompts)
        where TLane : struct, ILane<TLane>
    {
        using var graphs = new GraphMaskDecoder(TinySam.Configuration, _weights, TinySam.Sessions);
        using var cells = new CellMaskDecoder<TLane>(TinySam.Configuration, _weights, TinySam.Sessions);

        float[] expected = Decode(graphs, prompts, out float[] expectedIoU),
            actual = Decode(cells, prompts, out float[] iou);

        TensorAssert.Close(expectedIoU, iou, 1e-5);
        TensorAssert.Close(expected, actual, 2e-5);
    }

    // Masks 1 and 3 of every prompt.
    private static float[] Decode(IMaskDecoder decoder, SamPrompt[] prompts, out float[] predictedIoU)
    {
        SamConfiguration model = TinySam.Configuration;
        int grid = model.GridSize;
        using TensorBuffer<float> features = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("features", model.Channels * grid * grid), 1, model.Channels, grid, grid);
        using TensorBuffer<float> dense = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("dense", model.Channels * grid * grid), 1, model.Channels, grid, grid);
        using IDisposable picture = decoder.Prepare(features, null, dense, default);
        using PromptTensors tensors = PromptTensors.From(prompts, Unscaled, model.ImageSize);
        float[] all = [];
        (IReadOnlyList<MaskChoice> _, TensorBuffer<float> logits) = decoder.Decode(
            picture,
            tensors,
            iou =>
            {
                all = iou.Span.ToArray();
                return [.. Enumerable.Range(0, 2 * prompts.Length).Select(
                    i => new MaskChoice(i / 2, i % 2 == 0 ? 1 : 3, all[(i / 2 * 4) + (i % 2 == 0 ? 1 : 3)]))];
            },
            default);
        using (logits)
        {
            predictedIoU = all;
            return logits.Span.ToArray();
        }
    }
}

using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Panoptic;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Tests.Families.FrozenBackbones;

public class InferenceTests
{
    private const int Queries = 5, Classes = 3, Side = 8;

    // The decoder's size is the picture's: nothing is resized.
    private static readonly InferenceFrame Frame = new(Side, Side, Side, Side, Side, Side, Side, Side);

    [Fact]
    public void Build_Semantic_IsTheSumOverQueries()
    {
        (float[] masks, float[] classes) = Inputs();
        Answers answers = Build(masks, classes, SegmentationTask.Semantic, SegmentationTask.Instance);

        for (int i = 0; i < Side * Side; i++)
        {
            double[] scores = [.. Enumerable.Range(0, Classes).Select(label => Enumerable.Range(0, Queries).Sum(
                query => Probability(classes, query, label) / (1 + Math.Exp(-masks[(query * Side * Side) + i]))))];
            Assert.Equal(Array.IndexOf(scores, scores.Max()), answers.Semantic!.Labels.Labels[i]);
        }
    }

    [Fact]
    public void Build_EqualQueries_GivesPixelsToTheFirst()
    {
        var masks = new float[Queries * Side * Side];
        Array.Fill(masks, 2f);
        float[] classes = [.. Enumerable.Range(0, Queries).SelectMany(_ => new[] { 3f, 0f, 0f, 0f })];

        Answers answers = Build(masks, classes, SegmentationTask.Panoptic);

        PanopticSegment only = Assert.Single(answers.Segments!);
        Assert.Equal((1, 0), (only.Id, only.Label));
        Assert.All(answers.Panoptic!.Labels.ToArray(), id => Assert.Equal(1, id));
    }

    [Fact]
    public void Build_OnlyVoid_LeavesEverythingUnassigned()
    {
        (float[] masks, _) = Inputs();
        float[] classes = [.. Enumerable.Range(0, Queries).SelectMany(_ => new[] { 0f, 0f, 0f, 9f })];

        Answers answers = Build(masks, classes, SegmentationTask.Panoptic);

        Assert.Empty(answers.Segments!);
        Assert.All(answers.Panoptic!.Labels.ToArray(), id => Assert.Equal(0, id));
    }

    [Fact]
    public void Build_ManyThreads_AnswersAsOne()
    {
        (float[] masks, float[] classes) = Inputs();
        SegmentationTask[] tasks = [SegmentationTask.Semantic, SegmentationTask.Panoptic, SegmentationTask.Instance];
        Answers one = Build(masks, classes, threads: 1, tasks), many = Build(masks, classes, threads: 4, tasks);

        Assert.Equal(one.Panoptic!.Labels.ToArray(), many.Panoptic!.Labels.ToArray());
        Assert.Equal(
            one.Instances!.Select(instance => (instance.Query, instance.Label, instance.Area)),
            many.Instances!.Select(instance => (instance.Query, instance.Label, instance.Area)));
    }

    [Fact]
    public void Combine_SeenAndUnseen_WeighsAsEquationThree()
    {
        float[] decoder = [2, 1, 0, -1], clip = [0, 1, 3, 9];
        float[] combined = new GeometricEnsemble(0.4, 0.8).Combine(decoder, clip, [true, false, false]);

        double[] p = Softmax(decoder[..3]), o = Softmax(clip[..3]);
        double[] r =
        [
            Math.Pow(p[0], 0.6) * Math.Pow(o[0], 0.4),
            Math.Pow(p[1], 0.2) * Math.Pow(o[1], 0.8),
            Math.Pow(p[2], 0.2) * Math.Pow(o[2], 0.8),
        ];
        double v = Softmax(decoder)[3];
        for (int i = 0; i < 3; i++)
            Assert.Equal(r[i] / r.Sum() * (1 - v), Math.Exp(combined[i]), 5);
        Assert.Equal(v, Math.Exp(combined[3]), 5);
    }

    [Fact]
    public void Combine_Coat_TakesFromNoObjectAsMuchAsClipIsSure()
    {
        float[] decoder = [2, 1, 0, 4], clip = [0, 1, 3, 9];
        float[] plain = new GeometricEnsemble(0.4, 0.8).Combine(decoder, clip, [true, false, false]);
        float[] combined = new GeometricEnsemble(0.4, 0.8, coatWeight: 0.5)
            .Combine(decoder, clip, [true, false, false]);

        double before = Softmax(decoder)[3], after = before * (1 - (0.5 * Softmax(clip[..3]).Max()));
        Assert.Equal(after, Math.Exp(combined[3]), 5);
        for (int i = 0; i < 3; i++)
            Assert.Equal(Math.Exp(plain[i]) * (1 - after) / (1 - before), Math.Exp(combined[i]), 5);
    }

    [Fact]
    public void Combine_ClipIsNaN_GoesByTheDecoderAlone()
    {
        float[] decoder = [2, 1, 0, -1];
        float[] combined = new GeometricEnsemble(0.4, 0.8, coatWeight: 0.5)
            .Combine(decoder, [float.NaN, float.NaN, float.NaN, float.NaN], [true, false, true]);

        double[] all = Softmax(decoder);
        for (int i = 0; i < 4; i++)
            Assert.Equal(all[i], Math.Exp(combined[i]), 5);
    }

    [Fact]
    public void Encode_LabelMap_GivesEachLabelItsMask()
    {
        var map = new LabelMap(2, 3, [1, 1, 2, 0, 2, 2]);
        IReadOnlyDictionary<int, RunLengthEncoding> masks = LabelMasks.Encode(map);

        Assert.Equal([0, 1, 2], masks.Keys.Order());
        foreach ((int label, RunLengthEncoding mask) in masks)
            Assert.Equal(RunLengthEncoding.FromMask(map.MaskOf(label)), mask);
    }

    [Fact]
    public void Rasterise_Mask_IsThresholdOfTheResize()
    {
        var frame = new InferenceFrame(4, 5, 16, 20, 13, 18, 31, 40);
        float[] logits = SyntheticNumbers.Floats("mask", 20);
        using var planes = new QueryPlanes(TensorBuffer<float>.From(logits, 1, 4, 5), 1);
        var counter = new InstanceInference(QueryClasses.FromLogits([0, 0], 1), [true], 1);
        new MaskScan(planes, frame, 1).Run([counter], default);

        Assert.Equal(Assert.Single(counter.Finish()).Area, new InstanceMasks(frame).Rasterise(logits).Area);
    }

    [Theory]
    [InlineData(-200f)]
    [InlineData(-3.7f)]
    [InlineData(0f)]
    [InlineData(1e-3f)]
    [InlineData(12f)]
    [InlineData(500f)]
    public void Of_AnyLogit_IsTheSigmoid(float x)
    {
        float value = Exponential.Sigmoid(Lane16.Fill(x)).Largest();

        Assert.Equal(1 / (1 + Math.Exp(-Math.Clamp(x, -87, 87))), value, 6);
    }

    private static Answers Build(float[] masks, float[] classes, params SegmentationTask[] tasks) =>
        Build(masks, classes, 2, tasks);

    private static Answers Build(float[] masks, float[] classes, int threads, params SegmentationTask[] tasks)
    {
        using TensorBuffer<float> logits = TensorBuffer<float>.From(masks, Queries, Side, Side);
        return new AnswerBuilder(new FrozenSegOptions(), threads).Build(
            new AnswerRequest(logits, classes, new bool[Classes], [true, false, true], Frame, null), tasks, default);
    }

    private static (float[] Masks, float[] Classes) Inputs() =>
        (
            SyntheticNumbers.Floats("masks", Queries * Side * Side, 4),
            SyntheticNumbers.Floats("classes", Queries * (Classes + 1), 3));

    private static double Probability(float[] classes, int query, int label) =>
        Softmax(classes.AsSpan(query * (Classes + 1), Classes + 1).ToArray())[label];

    private static double[] Softmax(float[] logits)
    {
        double total = logits.Sum(logit => Math.Exp(logit));
        return [.. logits.Select(logit => Math.Exp(logit) / total)];
    }
}

using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.FrozenBackbones;

public sealed class FrozenSegMethodTests : IDisposable
{
    private static readonly SegmentationTask[] AllTasks =
        [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance];

    private readonly TemporaryFolder _folder = new();
    private readonly string _weights;

    public FrozenSegMethodTests() => _weights = TinyFrozenSeg.Write(_folder.Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Segment_AllTasks_AnswersAtThePicturesSize()
    {
        SegmentationOutcome outcome = Run("cat, kitten; dog; sky (stuff)", AllTasks, 50, 71);

        Assert.Equal((50, 71), (outcome.Panoptic!.Height, outcome.Panoptic.Width));
        Assert.Equal((50, 71), (outcome.Semantic!.Height, outcome.Semantic.Width));
        Assert.All(outcome.Semantic.Labels.ToArray(), label => Assert.InRange(label, 0, 2));
        Assert.Equal(
            outcome.Panoptic.Labels.ToArray().Where(id => id > 0).Distinct().Order(),
            outcome.Segments.Select(segment => segment.Id).Where(id => outcome.Panoptic.Labels.Contains(id)).Order());
        Assert.All(outcome.Segments, segment => Assert.Equal(segment.Area, segment.Segmentation.Decode().Area));
    }

    [Fact]
    public void Segment_Twice_AnswersTheSame()
    {
        SegmentationOutcome first = Run("cat; dog; grass (stuff)", AllTasks, 40, 60),
            second = Run("cat; dog; grass (stuff)", AllTasks, 40, 60);

        Assert.Equal(first.Panoptic!.Labels.ToArray(), second.Panoptic!.Labels.ToArray());
        Assert.Equal(first.Semantic!.Labels.ToArray(), second.Semantic!.Labels.ToArray());
        Assert.Equal(first.Segments.Select(Describe), second.Segments.Select(Describe));

        static string Describe(ResultSegment segment) =>
            $"{segment.Id} {segment.Label} {segment.Score} {segment.Segmentation.Counts}";
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(400, 1)]
    [InlineData(1, 1)]
    public void Segment_ExtremeShape_Answers(int height, int width)
    {
        SegmentationOutcome outcome = Run("cat; dog", AllTasks, height, width);

        Assert.Equal((height, width), (outcome.Semantic!.Height, outcome.Semantic.Width));
    }

    [Theory]
    [InlineData("official")]
    [InlineData("corrected")]
    public void Segment_MaskEnsemble_Answers(string mode)
    {
        SegmentationOutcome outcome = Run(
            "cat; dog", [SegmentationTask.Semantic], 48, 64, Enum.Parse<MaskEnsembleMode>(mode, ignoreCase: true));

        Assert.Equal(mode, outcome.Settings["ensemble"]);
        Assert.NotNull(outcome.Semantic);
    }

    [Fact]
    public void Segment_SemanticBeforeAndAfterResize_AgreeAlmostEverywhere()
    {
        SegmentationOutcome alone = Run("cat; dog; sky (stuff)", [SegmentationTask.Semantic], 64, 96);
        SegmentationOutcome beside = Run("cat; dog; sky (stuff)", AllTasks, 64, 96);

        int equal = alone.Semantic!.Labels.ToArray()
            .Zip(beside.Semantic!.Labels.ToArray())
            .Count(pair => pair.First == pair.Second);
        Assert.True(equal > 0.95 * 64 * 96, $"{equal} pixels agree");
    }

    [Fact]
    public void Segment_WithoutVocabulary_SaysWhatIsMissing()
    {
        var problem = Assert.Throws<SegmentationProblemException>(
            () => RunOrder(new SegmentationOrder(null, AllTasks), 20, 20));

        Assert.Contains("needs to know what to look for", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom", "all classes are stuff")]
    [InlineData("pc-459", "pc-459 does not say which classes are things")]
    public void Segment_InstancesOfStuffAlone_AreRefused(string name, string found)
    {
        var order = new SegmentationOrder(
            new Vocabulary(name, Vocabulary.Parse("sky (stuff); sea (stuff)").Categories), [SegmentationTask.Instance]);

        var problem = Assert.Throws<SegmentationProblemException>(() => RunOrder(order, 20, 20));

        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_PanopticOfAVocabularyWithoutKinds_SaysWhatASegmentIs()
    {
        var vocabulary = new Vocabulary("ade-847", Vocabulary.Parse("sky (stuff); sea (stuff)").Categories);

        SegmentationOutcome outcome = RunOrder(new SegmentationOrder(vocabulary, [SegmentationTask.Panoptic]), 20, 20);

        Assert.Contains(
            "each class is one panoptic segment", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(outcome.Segments.Count, outcome.Segments.Select(segment => segment.Category).Distinct().Count());
    }

    [Fact]
    public void Open_FrozenSegAsFcClip_LeavesTheInjectorsOut()
    {
        using FrozenSegModel plain = TinyFrozenSeg.Load(_weights, hasInjectors: false);

        Assert.Null(plain.Configuration.Sam);
        Assert.False(plain.Configuration.Decoder.HasInjectors);
    }

    [Fact]
    public void Open_FcClipAsFrozenSeg_SaysSo()
    {
        string path = TinyFrozenSeg.Write(
            _folder.Root, FrozenSegConfigurations.WithoutInjectors(TinyFrozenSeg.Configuration) with
            {
                Sam = TinyFrozenSeg.Configuration.Sam,
            });

        var problem = Assert.Throws<SegmentationProblemException>(
            () => FrozenSegCheckpoint.Open(path, null, null, hasInjectors: true));

        Assert.Contains("no SAM branch", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorWithNaN_IsNamed()
    {
        const string Name = "sem_seg_head.predictor.query_feat.weight";
        string path = TinyFrozenSeg.Write(_folder.Root, elements: (name, shape) =>
        {
            float[] values = SyntheticWeights.Elements(name, shape);
            if (name == Name)
                values[3] = float.NaN;
            return values;
        });

        var problem = Assert.Throws<SegmentationProblemException>(() => TinyFrozenSeg.Load(path));

        Assert.Contains(Name, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Segment_HalfPrecisionWeights_AnswersAlmostTheSame(string type)
    {
        float[] full = Classes(_weights),
            half = Classes(HalfPrecision.Rewrite(_weights, _folder.Path("half.safetensors"), type));

        Assert.Equal(full.Length, half.Length);
        Assert.All(half, value => Assert.True(float.IsFinite(value)));

        float[] Classes(string path)
        {
            using FrozenSegModel model = TinyFrozenSeg.Load(path);
            return model.Classifier(Vocabulary.Parse("cat; dog"), default).Logits(
                SyntheticNumbers.Floats("vector", TinyFrozenSeg.Configuration.Backbone.EmbeddingWidth), 0);
        }
    }

    [Fact]
    public void Open_CutShort_IsRefused()
    {
        byte[] whole = File.ReadAllBytes(_weights);
        string path = _folder.Write("short.safetensors", whole[..(whole.Length / 2)]);

        Assert.Throws<SegmentationProblemException>(
            () => FrozenSegCheckpoint.Open(path, null, null, hasInjectors: true));
    }

    [Fact]
    public void Open_AnotherModel_SaysWhatIsMissing()
    {
        string path = TinySam.Write(_folder.Root);

        var problem = Assert.Throws<SegmentationProblemException>(
            () => FrozenSegCheckpoint.Open(path, null, null, hasInjectors: true));

        Assert.NotEmpty(problem.Problems);
    }

    [Fact]
    public void Open_Detected_IsWhatWasWritten()
    {
        using FrozenSegCheckpoint checkpoint = FrozenSegCheckpoint.Open(_weights, null, null, hasInjectors: true);
        FrozenSegConfiguration found = checkpoint.Configuration;

        Assert.Equal(TinyFrozenSeg.Configuration.Decoder, found.Decoder);
        Assert.Equal(16, found.Input.Divisibility);
        Assert.Equal((64, 128), (found.Input.MinSize, found.Input.MaxSize));
        Assert.Equal(2, ((ConvNextConfiguration)found.Backbone).StemStride);
    }

    [Fact]
    public void Classifier_KnownVocabulary_IsReadFromDisk()
    {
        Vocabulary vocabulary = Vocabulary.Parse("cat, kitten; dog");
        float[] made, read;
        using (FrozenSegModel model = TinyFrozenSeg.Load(_weights))
            made = model.Classifier(vocabulary, default).Rows.ToArray();
        string file = Assert.Single(Directory.GetFiles(_folder.Path("classifiers")));
        DateTime written = File.GetLastWriteTimeUtc(file);
        using (FrozenSegModel model = TinyFrozenSeg.Load(_weights))
            read = model.Classifier(vocabulary, default).Rows.ToArray();

        Assert.Equal(made, read);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void Classifier_DamagedCache_IsMadeAnew()
    {
        Vocabulary vocabulary = Vocabulary.Parse("cat; dog");
        using FrozenSegModel first = TinyFrozenSeg.Load(_weights), second = TinyFrozenSeg.Load(_weights);
        float[] made = first.Classifier(vocabulary, default).Rows.ToArray();
        File.WriteAllText(Assert.Single(Directory.GetFiles(_folder.Path("classifiers"))), "damaged");

        Assert.Equal(made, second.Classifier(vocabulary, default).Rows.ToArray());
    }

    private SegmentationOutcome Run(
        string prompts,
        SegmentationTask[] tasks,
        int height,
        int width,
        MaskEnsembleMode ensemble = MaskEnsembleMode.Off) =>
        RunOrder(new SegmentationOrder(Vocabulary.Parse(prompts), tasks), height, width, ensemble);

    private SegmentationOutcome RunOrder(
        SegmentationOrder order, int height, int width, MaskEnsembleMode ensemble = MaskEnsembleMode.Off)
    {
        using FrozenSegModel model = TinyFrozenSeg.Load(_weights);
        FrozenSegOptions answers = model.Configuration.Options with { MaskEnsemble = ensemble };
        using var method = new FrozenSegMethod(
            FrozenSegMethod.FrozenSegName, model, new FrozenSegSettings(answers, model.Configuration.Input));
        return method.Segment(TestPicture.Make(height, width), order, null, default);
    }
}

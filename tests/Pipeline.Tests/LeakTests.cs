using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests;

/// <summary>What is alive is counted for the whole process, so these tests run while no other does.</summary>
[Collection(nameof(LeakTests))]
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
public sealed class LeakTests
{
    [Fact]
    public void Generate_TwoHundredPictures_LeaveNothingBehind()
    {
        using SamModel model = TinySam.Load();
        var generator = new AutomaticMaskGenerator(
            model,
            new AutomaticMaskOptions { PointsPerSide = 2, PredictedIoUThreshold = 0, StabilityScoreThreshold = 0 });
        generator.Generate(TestPicture.Make(20, 20));
        (int, int, int, int) before = Alive();

        for (int i = 0; i < 200; i++)
            generator.Generate(TestPicture.Make(20 + (i % 7), 20 + (i % 5)));

        Assert.Equal(before, Alive());
    }

    [Fact]
    public void SegmentWithWords_ManyPictures_LeavesNothingBehind()
    {
        using var car = new SmallCar();
        var method = new CarMethod(car.Networks, new CarOptions { QueryThreshold = 0, UsesCrf = false });
        var order = new SegmentationOrder(Vocabulary.Parse("cat; dog"), [SegmentationTask.Semantic]);
        method.Segment(TestPicture.Make(20, 20), order, null, default);
        (int, int, int, int) before = Alive();

        for (int i = 0; i < 20; i++)
            method.Segment(TestPicture.Make(20 + (i % 7), 20 + (i % 5)), order, null, default);

        Assert.Equal(before, Alive());
    }

    [Fact]
    public void Load_AndDispose_ReturnsEverySessionAndTensor()
    {
        (int, int, int, int) before = Alive();

        TinySam.Load().Dispose();

        Assert.Equal(before, Alive());
    }

    [Fact]
    public void Load_ThatFails_ReturnsWhatItHadMade()
    {
        (int, int, int, int) before = Alive();
        using var folder = new TemporaryFolder();
        string path = TinySam.Write(folder.Root);
        byte[] content = File.ReadAllBytes(path);
        content.AsSpan(content.Length - 4).Fill(0xff);
        File.WriteAllBytes(path, content);

        Assert.ThrowsAny<Exception>(() =>
        {
            using var weights = Pipeline.Foundation.Weights.WeightFile.Open(path);
            return new SamModel(TinySam.Configuration, weights, TinySam.Sessions);
        });

        Assert.Equal(before, Alive());
    }

    private static (int Sessions, int Tensors, int Results, int OnDevice) Alive() =>
        (ModelSession.Alive, TensorMemory.Alive, SessionOutputs.Alive, DeviceTensor.Alive);
}

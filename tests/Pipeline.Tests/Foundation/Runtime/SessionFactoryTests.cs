using System.Runtime.InteropServices;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Runtime;

public sealed class SessionFactoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SessionFactory _sessions = new(
        new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = 1 });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Constructor_Auto_SaysWhichProviderIsReallyActive()
    {
        var sessions = new SessionFactory(new RuntimeOptions());

        Assert.NotEqual(ExecutionProviderChoice.Auto, sessions.ActiveProvider);
        Assert.Equal(sessions.ActiveProvider is ExecutionProviderChoice.Cpu, sessions.FallbackReason is not null);
    }

    [Fact]
    public void Constructor_CudaWhereThereIsNone_SaysWhy()
    {
        if (new SessionFactory(new RuntimeOptions()).ActiveProvider is not ExecutionProviderChoice.Cpu)
            return;

        var failure = Assert.Throws<SegmentationProblemException>(
            () => new SessionFactory(new RuntimeOptions { Provider = ExecutionProviderChoice.Cuda }));

        SegmentationProblem problem = Assert.Single(failure.Problems);
        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Contains("does not work on this machine (", problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 3, 3)]
    [InlineData(4, 1, 1)]
    public void PicturesAtOnce_IsWhatWasAskedForOrSuitsTheThreads(int threads, int asked, int expected)
    {
        var options =
            new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = threads, PicturesAtOnce = asked };

        Assert.Equal(expected, new SessionFactory(options).PicturesAtOnce);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(int.MaxValue)]
    public void NetworkThreads_PicturesFillTheCores_AreAShareEach(int waiting) =>
        Assert.Equal((Environment.ProcessorCount + 1) / 2, NetworkThreads(threads: 0, atOnce: 2, waiting));

    [Fact]
    public void NetworkThreads_FewerPicturesThanPlaces_AreAShareOfEachPicture() =>
        Assert.Equal((Environment.ProcessorCount + 1) / 2, NetworkThreads(threads: 0, atOnce: 4, waiting: 2));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(2, 5)]
    [InlineData(4, 9)]
    [InlineData(1, 20)]
    public void NetworkThreads_CoresWouldIdleBesideTheLastPicture_AreAll(int atOnce, int waiting) =>
        Assert.Equal(
            MachineCores.AreAllOurs ? 0 : Environment.ProcessorCount, NetworkThreads(threads: 0, atOnce, waiting));

    [Fact]
    public void NetworkThreads_AskedFor_AreWhatWasAskedFor() =>
        Assert.Equal(3, NetworkThreads(threads: 3, atOnce: 2, waiting: 20));

    [Fact]
    public void Constructor_ImpossibleOptions_AreAllNamedAtOnce()
    {
        var options =
            new RuntimeOptions { Threads = -1, PicturesAtOnce = -1, DeviceId = -1, DeviceMemoryLimitMegabytes = -1 };

        var failure = Assert.Throws<SegmentationProblemException>(() => new SessionFactory(options));

        Assert.Equal(
            ["--threads", "--pictures", "--device", "--device-memory"],
            failure.Problems.Select(problem => problem.Where));
    }

    [Fact]
    public void Constructor_FolderForTracesThatCannotBe_IsAProblem()
    {
        string file = _folder.Write("file", [1]);

        var failure = Assert.Throws<SegmentationProblemException>(() => new SessionFactory(
            new RuntimeOptions
            {
                Provider = ExecutionProviderChoice.Cpu,
                ProfileFolder = Path.Combine(file, "traces"),
            }));

        Assert.Equal(ProblemKind.Storage, Assert.Single(failure.Problems).Kind);
    }

    [Fact]
    public void Run_OutputThatStaysOnTheDevice_IsReadByTheNextNetwork()
    {
        var graph = new GraphBuilder("double", _sessions.Target);
        GraphValue x = graph.Input("x", ElementType.Float32, 2);
        graph.Output("y", x + x);
        using ModelSession session = _sessions.Create(graph.Build());
        using TensorBuffer<float> start = TensorBuffer<float>.From([1, 2], 2);
        using SessionInputs first = new SessionInputs().Add("x", start);
        using SessionOutputs once = session.Run(first, staying: ["y"]);
        using DeviceTensor between = once.TakeOnDevice("y");
        using SessionInputs second = new SessionInputs().Add("x", between);

        using SessionOutputs twice = session.Run(second);

        using TensorBuffer<float> result = twice.Take<float>("y");
        Assert.Equal([4, 8], result.Span.ToArray());
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    public void Create_WeightsStayInTheirFile(string type)
    {
        using WeightFile weights = WeightFile.Open(WriteWeights(type, [1, 2, 3, 4]));

        Assert.Equal([5, 11], Run(weights, _sessions, [1, 2]));
    }

    [Fact]
    public void Create_HalfPrecision_ComputesNearlyTheSame()
    {
        using WeightFile weights = WeightFile.Open(WriteWeights("F32", [1, 2, 3, 4]));
        var half = new SessionFactory(new RuntimeOptions
        {
            Provider = ExecutionProviderChoice.Cpu,
            Precision = Precision.Float16,
            Threads = 1,
        });

        TensorAssert.Close([5, 11], Run(weights, half, [1, 2]), 1e-2);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Create_WeightsThatAreNoNumbers_AreRefusedByName(float bad)
    {
        using WeightFile weights = WeightFile.Open(WriteWeights("F32", [1, 2, bad, 4]));

        var failure = Assert.Throws<SegmentationProblemException>(() => Run(weights, _sessions, [1, 2]));

        Assert.Contains("'linear.weight'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_LinkToTheWeights_IsFollowed()
    {
        string real = WriteWeights("F32", [1, 2, 3, 4]);
        string link = _folder.Path("elsewhere", "link.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, real);
        using WeightFile weights = WeightFile.Open(link);

        Assert.Equal([5, 11], Run(weights, _sessions, [1, 2]));
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using WeightFile weights = WeightFile.Open(WriteWeights("F32", [1, 2, 3, 4]));
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => Run(weights, _sessions, [1, 2], stop.Token));
    }

    [Fact]
    public void Create_WithAProfileFolder_WritesATraceNamedAfterTheNetwork()
    {
        using WeightFile weights = WeightFile.Open(WriteWeights("F32", [1, 2, 3, 4]));
        string traces = Directory.CreateDirectory(_folder.Path("traces")).FullName;

        Run(
            weights,
            new SessionFactory(new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, ProfileFolder = traces }),
            [1, 2]);

        Assert.StartsWith(
            "linear", Path.GetFileName(Assert.Single(Directory.GetFiles(traces))), StringComparison.Ordinal);
    }

    private static float[] Run(
        WeightFile weights, SessionFactory sessions, float[] input, CancellationToken cancellation = default)
    {
        var graph = new GraphBuilder("linear", sessions.Target);
        GraphValue x = graph.Input("x", ElementType.Float32, 1, 2).Cast(sessions.Target.ComputeType);
        graph.Output(
            "y", new GraphScope(graph, weights, "")["linear"].Linear(x, 2, bias: false).Cast(ElementType.Float32));
        using ModelSession session = sessions.Create(graph.Build());
        using TensorBuffer<float> tensor = TensorBuffer<float>.From(input, 1, 2);
        using SessionInputs inputs = new SessionInputs().Add("x", tensor);
        using SessionOutputs outputs = session.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> result = outputs.Take<float>("y");
        return result.Span.ToArray();
    }

    private string WriteWeights(string type, float[] values)
    {
        byte[] data = type == "F16"
            ? MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray()
            : MemoryMarshal.AsBytes<float>(values).ToArray();
        byte[] header = Encoding.UTF8.GetBytes(
            $$$"""{"linear.weight":{"dtype":"{{{type}}}","shape":[2,2],"data_offsets":[0,{{{data.Length}}}]}}""");
        // An odd header makes the data unaligned, as files from elsewhere are.
        byte[] content = [.. BitConverter.GetBytes((long)header.Length + 1), .. header, (byte)' ', .. data];
        return _folder.Write("weights.safetensors", content);
    }

    private static int NetworkThreads(int threads, int atOnce, int waiting) => new SessionFactory(new RuntimeOptions
    {
        Provider = ExecutionProviderChoice.Cpu,
        Threads = threads,
        PicturesAtOnce = atOnce,
        PicturesWaiting = waiting,
    }).NetworkThreads;
}

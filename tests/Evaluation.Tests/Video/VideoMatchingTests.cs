using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Video;

public sealed class VideoMatchingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ObjectsWithOtherNumbers_AreMatched()
    {
        Write("gt", "AAB_", "AAB_");
        Write("pred", "CCA_", "CCA_");

        Assert.Equal(1, Value(Run(new VideoOptions { MatchObjects = true }), "J&F"));
        Assert.Contains("it has object 3", Message(new VideoOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ProposalThatAppearsLate_IsAbsentBefore()
    {
        Write("gt", "AA__", "AA__", "__AA");
        Write("pred", "____", "EE__", "__EE");

        EvaluationReport evaluation = Run(new VideoOptions { MatchObjects = true });

        Assert.Equal(2.0 / 3, Value(evaluation, "J"), 1e-12);
        Assert.Equal(3, evaluation.Pictures);
    }

    [Fact]
    public void Run_VoidPixels_AreLeftOutWhereObjectsAreMatched()
    {
        Write("gt", "A??_", "A??_");
        Write("pred", "AAA_", "AAA_");

        Assert.Equal(1, Value(Run(new VideoOptions { MatchObjects = true }), "J"));
        Assert.Equal(1.0 / 3, Value(Run(new VideoOptions()), "J"), 1e-12);
    }

    // Void is a matter of annotations: the DAVIS tool counts 255 of a prediction as the number of an object, and stops.
    [Theory]
    [InlineData(true, "it has object 255, and 20 proposals are allowed")]
    [InlineData(false, "it has object 255, and the sequence has 1 objects")]
    public void Run_PredictionWithTheLabelOfVoid_IsRefused(bool matches, string found)
    {
        Write("gt", "A??_");
        Write("pred", "AA?_");

        Assert.Contains(found, Message(new VideoOptions { MatchObjects = matches }), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FewerProposalsThanObjects_LeavesSomeWithoutPartner()
    {
        Write("gt", "ABC_", "ABC_");
        Write("pred", "_B__", "_B__");

        Assert.Equal(1.0 / 3, Value(Run(new VideoOptions { MatchObjects = true }), "J"), 1e-12);
    }

    // Object B leaves after the first frame. Nothing would suit it better than the second proposal, which is never on
    // it; but absent proposals are offered only where proposals are short.
    [Theory]
    [InlineData("A__B", 0.5)]
    [InlineData("A__C", 0.75)]
    public void Run_AsManyProposalsAsObjects_LeavesNoObjectWithoutPartner(string predicted, double expected)
    {
        Write("gt", "AB__", "A___");
        Write("pred", predicted, predicted);

        Assert.Equal(expected, Value(Run(new VideoOptions { MatchObjects = true }), "J"), 1e-12);
    }

    [Fact]
    public void Best_AnyValues_IsTheBestOfAllPairings()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            int rows = random.Next(1, 5), columns = rows + random.Next(3);
            var values = new double[rows, columns];
            for (int i = 0; i < rows * columns; i++)
                values[i / columns, i % columns] = random.Next(0, 6) / 5.0;

            int[] best = Assignment.Best(values);

            Assert.Equal(best.Length, best.Distinct().Count());
            Assert.Equal(Exhaustive(values, 0, []), best.Select((column, row) => values[row, column]).Sum(), 1e-9);
        }
    }

    [Fact]
    public void Best_NegativeValues_IsTheBestOfAllPairings()
    {
        var random = new Random(6);
        for (int round = 0; round < 200; round++)
        {
            int rows = random.Next(1, 5), columns = rows + random.Next(3);
            var values = new double[rows, columns];
            for (int i = 0; i < rows * columns; i++)
                values[i / columns, i % columns] = random.Next(-9, 3);

            Assert.Equal(
                Exhaustive(values, 0, []),
                Assignment.Best(values).Select((column, row) => values[row, column]).Sum(),
                1e-9);
        }
    }

    [Fact]
    public void Best_MoreRowsThanColumns_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Assignment.Best(new double[2, 1]));
    }

    private static double Exhaustive(double[,] values, int row, HashSet<int> taken) =>
        row == values.GetLength(0) ? 0 : Enumerable.Range(0, values.GetLength(1))
            .Where(column => !taken.Contains(column))
                .Max(column => values[row, column] + Exhaustive(values, row + 1, [.. taken, column]));

    private EvaluationReport Run(VideoOptions rules) =>
        VideoEvaluation.Run(_folder.Path("gt"), _folder.Path("pred"), rules, new EvaluationOptions { Threads = 1 });

    private string Message(VideoOptions rules) =>
        Assert.Throws<SegmentationProblemException>(() => Run(rules)).Problems[0].Message;

    // A letter is a block of eight pixels of an object, ? of void.
    private void Write(string side, params string[] frames)
    {
        Directory.CreateDirectory(_folder.Path(side));
        for (int frame = 0; frame < frames.Length; frame++)
        {
            var map = new LabelMap(8, 8 * frames[frame].Length);
            for (int at = 0; at < map.Labels.Length; at++)
                map.Labels[at] =
                    frames[frame][at % map.Width / 8] switch { '_' => 0, '?' => 255, char letter => letter - 'A' + 1 };
            _folder.Write(Path.Combine(side, $"{frame:D5}.png"), LabelMapPng.Write(map));
        }
    }

    private static double Value(EvaluationReport evaluation, string name) =>
        evaluation.Groups[0].Figures.Single(figure => figure.Name == name).Value!.Value;
}

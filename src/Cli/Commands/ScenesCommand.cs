using System.CommandLine;
using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Evaluation.Scenes.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Commands;

/// <summary>
/// <c>frozenseg scenes</c>: generated pictures with exact truth, to train and measure the nano models with.
/// </summary>
internal sealed class ScenesCommand
{
    private const int MaxCount = 1_000_000;

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Equal seeds give equal scenes",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> _count = new("--count") { Description = "How many", DefaultValueFactory = _ => 16 };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the dataset", Required = true };
    private readonly Option<SceneSplit> _split = new("--split")
    {
        Description = "train, val or test; they share no scene",
        DefaultValueFactory = _ => SceneSplit.Test,
    };

    private readonly Option<int> _size = new("--size")
    {
        Description = "Pixels a side, 64 to 512",
        DefaultValueFactory = _ => 128,
    };
    private readonly Option<bool> _seenOnly = new("--seen-only") { Description = "Without the unseen categories" };
    private readonly Option<bool> _tensors = new("--tensors")
    {
        Description = "Plain arrays for training instead of a dataset",
    };

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new ScenesCommand();
        var command = new Command("scenes", "Make pictures with exact truth to train and measure with")
        {
            self._seed, self._count, self._out, self._split, self._size, self._seenOnly, self._tensors,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new SceneOptions
        {
            Size = Checked("--size", parsed.GetValue(_size), SceneOptions.MinSize, SceneOptions.MaxSize),
            Seed = parsed.GetValue(_seed),
            Split = parsed.GetValue(_split),
            SeenOnly = parsed.GetValue(_seenOnly),
        };
        int count = Checked("--count", parsed.GetValue(_count), 1, MaxCount);
        string folder = parsed.GetRequiredValue(_out);
        IEnumerable<Scene> scenes = SceneSequence.Generate(new SceneGenerator(options), count, cancellation);
        ProgressDisplay.Run("Scenes", progress =>
        {
            if (parsed.GetValue(_tensors))
                TensorSceneWriter.Write(folder, scenes);
            else
                DatasetSceneWriter.Write(folder, options, scenes, done => progress.Report((double)done / count));
            return count;
        });
        Console.WriteLine($"{count} scenes of {options.Size}×{options.Size} pixels, "
            + $"{options.Split.ToString().ToLowerInvariant()} seed {options.Seed}");
        Console.WriteLine($"results  {folder}");
        return 0;
    }

    private static int Checked(string option, int value, int least, int most) =>
        value >= least && value <= most ? value : throw SegmentationProblem.InvalidRequest(
            option, $"{value} is out of range", $"Give a number from {least} to {most}");
}

using FrozenSeg.Evaluation;
using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Benchmarks.Evaluation;

/// <summary>How fast are J and F beside the DAVIS 2017 tool, from the files on disk?</summary>
internal sealed class VideoSpeed : IQuestion
{
    private (string Truth, string Prediction) _paths;
    private EvaluationOptions _options = new();

    public string Name => "j-and-f";

    public string Asks => "J and F of 40 frames, 480×854, two objects";

    public double? WantedRatio => 10;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference =>
        ["j_and_f.py", EvaluationInputs.Video().Truth, EvaluationInputs.Video().Prediction];

    public void Prepare(int threads)
    {
        _paths = EvaluationInputs.Video();
        _options = new EvaluationOptions { Threads = threads };
    }

    public void Run() => VideoEvaluation.Run(_paths.Truth, _paths.Prediction, new VideoOptions(), _options);

    public void Dispose()
    {
    }
}

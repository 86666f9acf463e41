using FrozenSeg.Evaluation;
using FrozenSeg.Evaluation.Panoptic;

namespace FrozenSeg.Benchmarks.Evaluation;

/// <summary>How fast is panoptic quality beside panopticapi, from the files on disk?</summary>
internal sealed class PanopticSpeed : IQuestion
{
    private (string Truth, string Prediction) _paths;
    private EvaluationOptions _options = new();

    public string Name => "panoptic-quality";

    public string Asks => "panoptic quality of 100 pictures, 427×640";

    public double? WantedRatio => 10;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference =>
        ["panoptic_quality.py", EvaluationInputs.Panoptic().Truth, EvaluationInputs.Panoptic().Prediction];

    public void Prepare(int threads)
    {
        _paths = EvaluationInputs.Panoptic();
        _options = new EvaluationOptions { Threads = threads };
    }

    public void Run() => PanopticEvaluation.Run(_paths.Truth, _paths.Prediction, null, _options);

    public void Dispose()
    {
    }
}

using FrozenSeg.Evaluation;
using FrozenSeg.Evaluation.Instances;

namespace FrozenSeg.Benchmarks.Evaluation;

/// <summary>How fast is mask AP beside pycocotools, from the files on disk?</summary>
internal sealed class InstanceSpeed : IQuestion
{
    private (string Truth, string Prediction) _paths;
    private EvaluationOptions _options = new();

    public string Name => "mask-ap";

    public string Asks => "COCO mask AP of 400 pictures, 12,800 detections";

    public double? WantedRatio => 5;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference =>
        ["mask_ap.py", EvaluationInputs.Instances().Truth, EvaluationInputs.Instances().Prediction];

    public void Prepare(int threads)
    {
        _paths = EvaluationInputs.Instances();
        _options = new EvaluationOptions { Threads = threads };
    }

    public void Run() =>
        InstanceEvaluation.Run(_paths.Truth, _paths.Prediction, AveragePrecisionOptions.Coco, _options);

    public void Dispose()
    {
    }
}

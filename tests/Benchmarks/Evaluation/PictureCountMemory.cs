using FrozenSeg.Evaluation;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Semantic;

namespace FrozenSeg.Benchmarks.Evaluation;

/// <summary>
/// Does memory grow with the number of pictures? The same evaluation over a hundred pictures stands beside it.
/// </summary>
/// <param name="metric"><c>panoptic</c> or <c>semantic</c>.</param>
/// <param name="pictures">How many.</param>
internal sealed class PictureCountMemory(string metric, int pictures) : IQuestion
{
    private const int Few = 100;

    private (string Truth, string Prediction) _paths;
    private EvaluationOptions _options = new();

    public string Name => $"{metric}-{pictures}";

    public string Asks => $"{metric} evaluation of {pictures:N0} pictures, 427×640, beside {Few}: peak memory";

    public double? WantedRatio => null;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => [$"self:{metric}-{Few}"];

    public void Prepare(int threads)
    {
        _paths = metric == "panoptic" ? EvaluationInputs.Panoptic(pictures) : EvaluationInputs.Semantic(pictures);
        _options = new EvaluationOptions { Threads = threads };
    }

    public void Run()
    {
        if (metric == "panoptic")
            PanopticEvaluation.Run(_paths.Truth, _paths.Prediction, null, _options);
        else
            SemanticEvaluation.Run(_paths.Truth, _paths.Prediction, new SemanticOptions(), _options);
    }

    public void Dispose()
    {
    }
}

using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>Which weights a graph took from where, and which it asked for in vain.</summary>
internal sealed class WeightInventory
{
    private const int MostListed = 8;

    private readonly List<WeightTensor> _taken = [];
    private readonly Dictionary<string, TensorShape> _requirements = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _misshapen = [];
    private string _source = "";

    /// <summary>Every tensor that was taken.</summary>
    public IReadOnlyList<WeightTensor> Taken => _taken;

    /// <summary>Every tensor that was asked for.</summary>
    public IReadOnlyDictionary<string, TensorShape> Requirements => _requirements;

    /// <summary>The one folder all weight files lie in; null without weights.</summary>
    public string? Folder { get; private set; }

    /// <summary>Looks a tensor up; null, and noted, when it is not as needed.</summary>
    public WeightTensor? Take(IWeightSource source, string name, TensorShape shape)
    {
        _source = source.Name;
        _requirements[name] = shape;
        WeightTensor? tensor = source.Find(name);
        if (tensor is null)
        {
            _missing.Add(name);
            return null;
        }

        if (tensor.Shape != shape || !tensor.Type.IsFloat())
        {
            _misshapen.Add($"{name} is {tensor.Type} {tensor.Shape} instead of floats {shape}");
            return null;
        }

        string folder = Path.GetDirectoryName(tensor.Path)!;
        if (Folder is not null && folder != Folder)
            throw new GraphException($"The weights of one graph lie in two folders, '{Folder}' and '{folder}'.");
        Folder = folder;
        _taken.Add(tensor);
        return tensor;
    }

    /// <exception cref="SegmentationProblemException">Something is missing or has another shape.</exception>
    public void ThrowIfIncomplete()
    {
        var problems = new List<SegmentationProblem>();
        if (_missing.Count > 0)
            problems.Add(Problem($"{Count(_missing)} missing: {List(_missing)}"));
        if (_misshapen.Count > 0)
            problems.Add(Problem($"{Count(_misshapen)} of the wrong kind: {List(_misshapen)}"));
        if (problems.Count > 0)
            throw new SegmentationProblemException(problems);
    }

    /// <summary>
    /// Has made what must be made before the files can be used: not earlier, because now the network is the right one.
    /// </summary>
    public void Prepare()
    {
        foreach (Action prepare in _taken.Select(tensor => tensor.Prepare).OfType<Action>().Distinct())
            prepare();
    }

    private SegmentationProblem Problem(string found) =>
        new(ProblemKind.InvalidModel, _source, found, "Give the weights of the model that was named");

    private static string Count(List<string> names) => names.Count == 1 ? "1 tensor is" : $"{names.Count} tensors are";

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? ", …" : "");
}

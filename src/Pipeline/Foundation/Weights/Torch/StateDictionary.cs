using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>Finds the weights in what a checkpoint holds: tensors by their full names.</summary>
internal static class StateDictionary
{
    // How deep modules nest; real ones stay below 12.
    private const int MaxDepth = 32;

    // Where trainers put the weights beside optimizer and iteration: detectron2, Lightning, and others; averaged
    // weights count where there are no others.
    private static readonly string[] UsualKeys =
    [
        "model", "state_dict", "model_state_dict", "net", "params", "checkpoint", "module", "weights", "model_ema",
        "ema", "state_dict_ema", "params_ema",
    ];

    /// <summary>The tensors of a checkpoint, in file order.</summary>
    /// <exception cref="PickleException">It holds none, or it is not clear which are the weights.</exception>
    public static IReadOnlyList<KeyValuePair<string, TorchTensor>> Find(object? root, PickleBudget budget)
    {
        var tensors = new List<KeyValuePair<string, TorchTensor>>();
        Collect(Weights(root), "", tensors, [], 0, budget);
        if (tensors.Count == 0)
            throw new PickleException("it holds no tensors");
        return tensors;
    }

    private static object Weights(object? root)
    {
        if (root is TorchModule)
            return root;
        if (root is not PickleDictionary dictionary)
            throw new PickleException("it is not a dictionary of tensors");
        // A wrapper counts before a tensor beside it: trainers keep a loss there. What is wrapped may be wrapped again.
        for (int depth = 0; depth < MaxDepth && Inner(dictionary) is PickleDictionary inner; depth++)
            dictionary = inner;
        if (dictionary.Entries.Any(entry => entry.Value is TorchTensor or TorchModule))
            return dictionary;
        throw new PickleException(
            $"it holds no weights under {string.Join(", ", UsualKeys)}; it has {List(dictionary.Keys)}");
    }

    private static PickleDictionary? Inner(PickleDictionary dictionary)
    {
        foreach (string key in UsualKeys)
        {
            if (dictionary.TryGet(key, out TorchModule? module))
                return module.Attributes;
            if (dictionary.TryGet(key, out PickleDictionary? weights))
                return weights;
        }

        return null;
    }

    // Each container once, so that a checkpoint that contains itself ends, and one that contains the same part a
    // thousandfold stays small.
    private static void Collect(
        object? value,
        string path,
        List<KeyValuePair<string, TorchTensor>> tensors, HashSet<object> seen, int depth, PickleBudget budget)
    {
        switch (value)
        {
            case TorchTensor tensor:
                tensors.Add(KeyValuePair.Create(path, tensor));
                break;
            case TorchModule module:
                Collect(module.Attributes, path, tensors, seen, depth, budget);
                break;
            case PickleDictionary dictionary when depth < MaxDepth && seen.Add(dictionary):
                foreach ((string key, object? entry) in
                    dictionary.Entries.Where(entry => entry.Value is TorchTensor or TorchModule or PickleDictionary))
                {
                    string name = path.Length == 0 ? key : $"{path}.{key}";
                    budget.Name(name);
                    Collect(entry, name, tensors, seen, depth + 1, budget);
                }

                break;
        }
    }

    private static string List(IEnumerable<string> keys)
    {
        const int Most = 8;
        string[] first = [.. keys.Take(Most + 1)];
        return first.Length == 0 ? "nothing" : string.Join(", ", first.Take(Most)) + (first.Length > Most ? ", …" : "");
    }
}

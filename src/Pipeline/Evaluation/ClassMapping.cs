using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Evaluation;

/// <summary>
/// Finds the dataset's class of a result's vocabulary entry: by name, whatever its case; a dataset name that lists
/// synonyms, as ADE20K's do, is found by each of them.
/// </summary>
internal sealed class ClassMapping
{
    private readonly Dictionary<string, DatasetClass> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ClassMapping(IEnumerable<DatasetClass> classes)
    {
        DatasetClass[] all = [.. classes];
        // Whole names go first: "bench" must not become a synonym of something else.
        foreach (DatasetClass category in all)
            _byName.TryAdd(category.Name, category);
        foreach (DatasetClass category in all)
        {
            foreach (string name in category.Name.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                _byName.TryAdd(name, category);
        }
    }

    /// <summary>The class of a vocabulary entry; null when the dataset has none of its names.</summary>
    public DatasetClass? Find(ResultCategory entry) => Find(entry.Name) ?? entry.Names.Select(Find).FirstOrDefault(found => found is not null);

    /// <summary>The class with this name.</summary>
    public DatasetClass? Find(string name) => _byName.GetValueOrDefault(name);
}

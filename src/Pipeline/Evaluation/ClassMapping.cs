using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Evaluation;

/// <summary>
/// Finds the dataset's class of each entry of a result's vocabulary. A published vocabulary lists as many classes as its
/// dataset and in the same order, so there position decides: its names are prompts, and may differ from the
/// dataset's. Otherwise names decide, whatever their case; a dataset name that lists synonyms, as ADE20K's do, is found by
/// each of them.
/// </summary>
internal sealed class ClassMapping
{
    private readonly DatasetClass[] _classes;
    private readonly Dictionary<string, DatasetClass> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ClassMapping(IEnumerable<DatasetClass> classes)
    {
        _classes = [.. classes.OrderBy(category => category.Id)];
        // Whole names go first: "bench" must not become a synonym of something else.
        foreach (DatasetClass category in _classes)
            _byName.TryAdd(category.Name, category);
        foreach (DatasetClass category in _classes)
        {
            foreach (string name in category.Name.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                _byName.TryAdd(name, category);
        }
    }

    /// <summary>The dataset's class of each vocabulary entry; null where it has none.</summary>
    public IReadOnlyList<DatasetClass?> Of(SegmentationResult result)
    {
        bool isPublished = result.Request.Vocabulary is string name && NamedVocabularies.Names.Contains(name);
        if (isPublished && result.Vocabulary.Count == _classes.Length)
            return _classes;
        return [.. result.Vocabulary.Select(Find)];
    }

    // LVIS writes words with underscores, prompts have spaces.
    private DatasetClass? Find(ResultCategory entry) => entry.Names.Prepend(entry.Name)
        .Select(name => _byName.GetValueOrDefault(name) ?? _byName.GetValueOrDefault(name.Replace(' ', '_')))
        .FirstOrDefault(found => found is not null);
}

using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation;

/// <summary>
/// Finds the dataset's class of each entry of a result's vocabulary. A published vocabulary lists the classes of its
/// dataset in the same order, so there position decides: its names are prompts, and may differ from the dataset's.
/// Position decides too where all names are the same, since some datasets give one name to two classes. Otherwise names
/// decide, whatever their case, as they do for a background that a method put after its classes; a dataset name that
/// lists synonyms, as ADE20K's do, is found by each of them.
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
            foreach (string name in
                category.Name.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                _byName.TryAdd(name, category);
        }
    }

    /// <summary>The dataset's class of each vocabulary entry; null where it has none.</summary>
    public IReadOnlyList<DatasetClass?> Of(SegmentationResult result)
    {
        if (result.Request.Vocabulary is string name
            && NamedVocabularies.Names.Contains(name)
            && Published(NamedVocabularies.Find(name)) is { } published)
            return [.. published, .. result.Vocabulary.Skip(published.Length).Select(Find)];
        if (IsSame(result.Vocabulary, _classes))
            return _classes;
        // A background that was not asked for is class 0.
        if (_classes.Length > 1 && IsSame(result.Vocabulary, _classes[1..]))
            return _classes[1..];
        return [.. result.Vocabulary.Select(Find)];
    }

    private DatasetClass?[]? Published(NamedVocabulary vocabulary)
    {
        if (vocabulary.Categories.Count == _classes.Length)
            return _classes;
        // Instance annotations list the things only.
        if (vocabulary.ThingCount == _classes.Length)
        {
            var things = new Queue<DatasetClass>(_classes);
            return [.. vocabulary.Categories.Select(
                category => category.Kind is CategoryKind.Thing ? things.Dequeue() : null)];
        }

        // Some files list "unlabelled" besides.
        Dictionary<int, DatasetClass> byId = _classes.ToDictionary(category => category.Id);
        return _classes.Length == vocabulary.Categories.Count + 1
            && vocabulary.Categories.All(category => byId.ContainsKey(category.Id))
            ? [.. vocabulary.Categories.Select(category => byId[category.Id])]
            : null;
    }

    private static bool IsSame(IReadOnlyList<ResultCategory> entries, DatasetClass[] classes) =>
        entries.Count == classes.Length && entries.Zip(classes).All(pair => pair.First.Name.Equals(
            pair.Second.Name, StringComparison.OrdinalIgnoreCase));

    // LVIS writes words with underscores, prompts have spaces.
    private DatasetClass? Find(ResultCategory entry) => entry.Names.Prepend(entry.Name)
        .Select(name => _byName.GetValueOrDefault(name) ?? _byName.GetValueOrDefault(name.Replace(' ', '_')))
        .FirstOrDefault(found => found is not null);
}

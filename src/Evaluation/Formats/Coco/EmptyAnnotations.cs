using System.Collections.Concurrent;
using System.Globalization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>Annotations without a pixel, which nothing can find. Safe for many threads.</summary>
internal sealed class EmptyAnnotations
{
    private const int Named = 3;

    private readonly ConcurrentBag<string> _places = [];

    /// <summary>Notes one.</summary>
    /// <param name="place">What it is called, for instance <c>annotation 7</c>.</param>
    public void Add(string place) => _places.Add(place);

    /// <summary>What to say of them: nothing, or one warning that names the first.</summary>
    /// <param name="consequence">What becomes of them, for instance <c>they count as missed</c>.</param>
    public IReadOnlyList<string> Warnings(string consequence)
    {
        string[] places =
            [.. _places.Order(StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))];
        if (places.Length == 0)
            return [];
        string more = places.Length > Named ? $" and {places.Length - Named} more" : "";
        return [$"{string.Join(", ", places.Take(Named))}{more}: without a pixel, {consequence}"];
    }
}

using System.Globalization;
using System.Text;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>What is wrong with a text, each with its place, for instance <c>prompts[3].synonyms[0]</c>.</summary>
/// <param name="where">What the text is called, for instance <c>photo.jpg.json</c>.</param>
internal sealed class ShapeFindings(string where)
{
    // More would not be read.
    private const int MostProblems = 10, LongestName = 40;

    private readonly List<object> _path = [];
    private readonly List<SegmentationProblem> _problems = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<SegmentationProblem> Problems => _problems;

    /// <summary>Goes to a member.</summary>
    public void Enter(string name) => _path.Add(name);

    /// <summary>Goes to an item.</summary>
    public void Enter(int index) => _path.Add(index);

    /// <summary>Goes back.</summary>
    public void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Notes what is wrong at this place.</summary>
    public void Add(string found, string remedy)
    {
        if (_problems.Count < MostProblems)
            _problems.Add(new SegmentationProblem(Place(), found, remedy));
    }

    /// <summary>The beginning of a name that is too long to repeat.</summary>
    public static string Shorten(string text) => ProblemText.Clean(text, LongestName);

    private string Place()
    {
        if (_path.Count == 0)
            return where;
        var place = new StringBuilder(where).Append(": ");
        bool isFirst = true;
        foreach (object part in _path)
        {
            if (part is int index)
                place.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else
                place.Append(isFirst ? "" : ".").Append(Shorten((string)part));
            isFirst = false;
        }

        return place.ToString();
    }
}

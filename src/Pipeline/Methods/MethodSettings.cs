using System.Globalization;
using System.Numerics;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// The settings of a method as a request or a command line gives them: text under published names. A builder reads each
/// setting it knows, then <see cref="Problems"/> says what could not be read and what nobody knows.
/// </summary>
/// <param name="values">Values by name; numbers in invariant form, booleans as <c>true</c> and <c>false</c>.</param>
internal sealed class MethodSettings(IReadOnlyDictionary<string, string> values)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<SegmentationProblem> _problems = [];

    /// <summary>No setting given: every default holds.</summary>
    public static MethodSettings None => new(new Dictionary<string, string>());

    /// <summary>The values as given.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>The number called <paramref name="name"/>, or the default.</summary>
    public T Number<T>(string name, T otherwise)
        where T : struct, INumber<T>
    {
        string kind = typeof(T) == typeof(int) ? "a whole number" : "a number";
        return Text(name) switch
        {
            null => otherwise,
            string text when T.TryParse(text, CultureInfo.InvariantCulture, out T value) => value,
            string text => Refuse(name, text, kind, otherwise),
        };
    }

    /// <summary>The truth value called <paramref name="name"/>, or the default.</summary>
    public bool Bool(string name, bool otherwise) => Text(name) switch
    {
        null => otherwise,
        string text when bool.TryParse(text, out bool value) => value,
        string text => Refuse(name, text, "true or false", otherwise),
    };

    /// <summary>The text called <paramref name="name"/>; null when it was not given.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        return values.GetValueOrDefault(name);
    }

    /// <summary>The member of an enumeration, written in snake case or kebab case, or the default.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Text(name) is not string text)
            return otherwise;
        string plain = text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        // By name alone: Enum.Parse would take numbers too.
        string? member = Enum.GetNames<T>()
            .FirstOrDefault(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase));
        return member is not null
            ? Enum.Parse<T>(member)
            : Refuse(name, text, $"one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}", otherwise);
    }

    /// <summary>What could not be read so far, and the settings that no one has asked for.</summary>
    public IEnumerable<SegmentationProblem> Problems() =>
    [
        .. _problems.DistinctBy(problem => problem.Where),
        .. values.Keys.Where(name => !_known.Contains(name)).Select(name => Problem(
            name, "there is no such setting", $"Use one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}")),
    ];

    private T Refuse<T>(string name, string text, string kind, T otherwise)
    {
        _problems.Add(Problem(name, $"'{(text.Length <= 40 ? text : text[..40] + "…")}' is not {kind}", $"Use {kind}"));
        return otherwise;
    }

    private static SegmentationProblem Problem(string name, string found, string remedy) =>
        new($"settings.{name}", found, remedy);
}

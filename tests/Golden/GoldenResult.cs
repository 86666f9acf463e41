using System.Globalization;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Golden;

/// <summary>The outcome of one golden file.</summary>
internal sealed class GoldenResult
{
    private readonly GoldenFile _file;
    private readonly IReadOnlyList<GoldenCheck> _checks;
    private readonly string? _failure;

    private GoldenResult(GoldenFile file, IReadOnlyList<GoldenCheck> checks, string? failure)
    {
        _file = file;
        _checks = checks;
        _failure = failure;
    }

    /// <summary>Whether everything was compared and accepted.</summary>
    public bool Passed => _failure is null && _checks.All(check => check.Passed);

    /// <summary>Whether the file only accompanies another, which reports for both.</summary>
    public bool IsCompanion => _failure is null && _checks.Count == 0;

    /// <summary>Every comparison, a line each.</summary>
    public IEnumerable<string> Details => _checks.Select(check => string.Create(
        CultureInfo.InvariantCulture,
        $"    {(check.Passed ? "ok  " : "FAIL")} {check.What}: {check.Worst:G3} of {check.Tolerance:G3} "
            + $"{check.Detail}"));

    /// <summary>Runs all comparisons of a file.</summary>
    public static GoldenResult Of(GoldenFile file, IReadOnlyList<IGoldenKind> kinds, GoldenContext context)
    {
        IGoldenKind? kind = kinds.FirstOrDefault(candidate => candidate.Recognises(file));
        if (kind is null)
            return new GoldenResult(file, [], "unknown kind");
        try
        {
            IEnumerable<GoldenCheck> checks = kind.Run(file, context);
            if (context.Sessions.Target.ComputeType is ElementType.Float16)
                checks = checks.Select(check => check.InHalfPrecision());
            return new GoldenResult(file, [.. checks], null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new GoldenResult(file, [], $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    /// <summary>The line to print.</summary>
    public string Line(TimeSpan duration)
    {
        string name = $"{_file.Family}/{_file.Name}";
        if (_failure is not null)
            return $"{name,-42}  fail  {_failure}";
        GoldenCheck worst = _checks.MaxBy(check => check.Strain)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-42}  {(Passed ? "pass" : "fail")}  worst {worst.Worst:G2}  tolerance {worst.Tolerance:G2}  "
                + $"({worst.What}, {_checks.Count} checks, {duration.TotalSeconds:F1} s)");
    }
}

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>
/// A theory that needs the programs its cases name second; where one is missing the test is skipped and says so.
/// </summary>
public sealed class ProgramTheoryAttribute : TheoryAttribute
{
    private static readonly string[] Programs = ["python3", "node", "dotnet"];

    /// <summary>Decides whether the test can run.</summary>
    public ProgramTheoryAttribute()
    {
        string[] missing = [.. Programs.Where(program => !IsThere(program))];
        if (missing.Length > 0)
            Skip = $"not on the PATH: {string.Join(", ", missing)}";
    }

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(
            Path.Combine(folder, program + ".exe")));
}

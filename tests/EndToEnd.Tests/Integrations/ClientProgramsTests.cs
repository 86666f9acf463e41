using System.Diagnostics;
using System.Text.RegularExpressions;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>The programs of <c>docs/clients.md</c>, as they stand there.</summary>
public sealed partial class ClientProgramsTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryCopy.Original, "docs", "clients.md"));
    private static readonly string Scene = Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramTheory]
    [InlineData("python", "python3", "client.py")]
    [InlineData("javascript", "node", "client.mjs")]
    [InlineData("csharp", "dotnet", "client.cs")]
    public async Task Program_OfThePage_FindsMasksAndReadsThem(string language, string program, string file)
    {
        await using ServedProcess service = await ServedProcess.StartAsync(
            "--state", _folder.Path("state"), "--threads", "1", "--key", "secret", "--sam", "nano");
        string path = _folder.Write(file, System.Text.Encoding.UTF8.GetBytes(Program(language)));
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Root,
            Environment = { ["FROZENSEG_URL"] = service.Address.ToString().TrimEnd('/'), ["FROZENSEG_KEY"] = "secret" },
        };
        foreach (string argument in
            (string[])[.. program == "dotnet" ? (string[])["run", path, "--"] : [path], Scene, "car", "grass (stuff)"])
            start.ArgumentList.Add(argument);

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors);
        string[] lines = (await output)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Contains(lines, line => line.StartsWith("car ", StringComparison.Ordinal));
        // What the result calls the area is what the decoded mask has.
        Assert.All(lines, line => Assert.Equal(line.Split(' ')[^2], line.Split(' ')[^1]));
    }

    private static string Program(string language) =>
        Block().Matches(Page).First(block => block.Groups[1].Value == language).Groups[2].Value;

    [GeneratedRegex("```(\\w+)\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

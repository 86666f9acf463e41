using System.Diagnostics;

namespace FrozenSeg.Testing;

/// <summary>Part of the repository in a temporary folder, to build with changes nobody should make.</summary>
public sealed class RepositoryCopy : IDisposable
{
    private static readonly string[] Linked = ["docs", "eng", "models"];
    private static readonly string[] RootFiles =
    [
        ".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Build.targets",
        "Directory.Packages.props", "global.json", "host.json",
    ];

    private readonly TemporaryFolder _folder = new();

    /// <param name="projects">The folders to copy, relative to the root.</param>
    public RepositoryCopy(params string[] projects)
    {
        foreach (string name in RootFiles)
            File.Copy(Path.Combine(Original, name), _folder.Path(name));
        foreach (string name in Linked)
            Directory.CreateSymbolicLink(_folder.Path(name), Path.Combine(Original, name));
        foreach (string project in projects)
            Copy(project);
    }

    /// <summary>Root of the repository itself.</summary>
    public static string Original { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    /// <summary>Writes a file of the copy.</summary>
    public void Write(string path, string content)
    {
        string target = _folder.Path(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, content);
    }

    /// <summary>Compiles a project of the copy.</summary>
    /// <returns>The exit code, and everything the build said.</returns>
    public (int ExitCode, string Output) Compile(string project)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["build", _folder.Path(project.Split('/')), "-c", "Release", "-t:Compile", "-v:quiet", "--nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Root,
        };
        using Process build = Process.Start(start)!;
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return (build.ExitCode, output + errors.Result);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void Copy(string project)
    {
        foreach (string file in
            Directory.EnumerateFiles(Path.Combine(Original, project), "*", SearchOption.AllDirectories))
        {
            string target = _folder.Path(Path.GetRelativePath(Original, file).Split(Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

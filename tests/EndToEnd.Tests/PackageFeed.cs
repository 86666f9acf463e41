using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>All packages in a folder, under a version that no cache has seen.</summary>
public sealed class PackageFeed : IDisposable
{
    private static readonly string[] Projects =
    [
        "Shared/FrozenSeg.Shared", "Pipeline/FrozenSeg.Pipeline", "Serving/FrozenSeg.Serving", "Nano/FrozenSeg.Nano",
        "Cli/FrozenSeg.Cli",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string _version = $"0.1.0-test.{Guid.NewGuid():N}";

    public PackageFeed()
    {
        foreach (string project in Projects)
        {
            (int exitCode, string output) = Dotnet(
                RepositoryCopy.Original, "pack", $"src/{project}.csproj", "-c", "Release", "-o", _folder.Path("feed"),
                $"-p:Version={_version}",
                "-p:RunAnalyzers=false", "--nologo");
            Assert.True(exitCode == 0, output);
        }
    }

    /// <summary>What a package says of itself.</summary>
    internal XDocument Manifest(string package)
    {
        using ZipArchive archive = Open(package);
        using Stream manifest = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(manifest);
    }

    /// <summary>A package, or with another extension its symbols.</summary>
    internal ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(_folder.Path("feed", $"{package}.{_version}.{extension}"));

    /// <summary>Builds a sample from the packages.</summary>
    /// <param name="name">Its folder below samples.</param>
    /// <param name="change">Changes its project file.</param>
    /// <param name="program">Takes the place of its program.</param>
    internal SampleProgram Build(string name, Func<string, string>? change = null, string? program = null)
    {
        var folder = new TemporaryFolder();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryCopy.Original, "samples", name)))
            File.Copy(file, folder.Path(Path.GetFileName(file)));
        string project = folder.Path($"{name}.csproj");
        string content = File.ReadAllText(project);
        content = (change?.Invoke(content) ?? content)
            .Replace("\"0.1.0\"", $"\"{_version}\"", StringComparison.Ordinal);
        File.WriteAllText(project, content);
        if (program is not null)
            File.WriteAllText(folder.Path("Program.cs"), program);
        (int exitCode, string output) = Dotnet(
            folder.Root, "build", project, "-c", "Release", "-o", folder.Path("bin"),
            $"-p:RestoreAdditionalProjectSources={_folder.Path("feed")}",
            "--nologo");
        Assert.True(exitCode == 0, output);
        return new SampleProgram(folder, "dotnet", folder.Path("bin", $"{name}.dll"));
    }

    /// <summary>Installs the command line.</summary>
    internal SampleProgram InstallTool()
    {
        var folder = new TemporaryFolder();
        (int exitCode, string output) = Dotnet(
            folder.Root, "tool", "install", "FrozenSeg.Tool", "--tool-path", folder.Path("tools"), "--version",
            _version, "--add-source",
            _folder.Path("feed"));
        Assert.True(exitCode == 0, output);
        return new SampleProgram(folder, folder.Path("tools", "frozenseg"));
    }

    public void Dispose()
    {
        _folder.Dispose();
        // What restoring left in the machine's cache is of no use to anybody.
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in
            new[] { "frozenseg", "frozenseg.shared", "frozenseg.serving", "frozenseg.nano", "frozenseg.tool" })
        {
            string folder = Path.Combine(cache, package, _version);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static (int ExitCode, string Output) Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}

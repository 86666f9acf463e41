using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace FrozenSeg.Functions.Tests.Infrastructure;

/// <summary>The Bicep compiler, from its NuGet package.</summary>
internal static class Bicep
{
    /// <summary>The program; null on machines it is not for.</summary>
    public static string? Program { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "Bicep")?.Value is { } path && File.Exists(path) ? path : null;

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    /// <summary>Compiles a template, with the linter.</summary>
    /// <returns>The compiled template and everything the compiler had to say.</returns>
    public static (JsonDocument Template, string Messages) Build(params string[] path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Program!, File.GetUnixFileMode(Program!) | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Program!, ["build", Path.Combine([Repository, .. path]), "--stdout"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The compiler is self-contained and asks for no culture data.
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string template = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (JsonDocument.Parse(template), messages.Result.Trim())
            : throw new InvalidOperationException(messages.Result);
    }
}

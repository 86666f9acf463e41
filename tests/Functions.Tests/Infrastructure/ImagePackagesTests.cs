using System.Diagnostics;
using System.Text.Json;
using FrozenSeg.Testing;

namespace FrozenSeg.Functions.Tests.Infrastructure;

/// <summary>
/// What the container images are built from; here the build is only asked, for not every registry has it all.
/// </summary>
public sealed class ImagePackagesTests
{
    private const string Scheduler = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";

    [Fact]
    public void GpuImage_TakesTheLastOnnxRuntimeForCuda12_AndTheScheduler()
    {
        Dictionary<string, string> packages = PackagesOf("gpu");

        Assert.Equal("1.26.0", packages["Microsoft.ML.OnnxRuntime.Gpu"]);
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime", packages.Keys);
        Assert.Contains(Scheduler, packages.Keys);
    }

    [Fact]
    public void CpuImage_TakesTheOnnxRuntimeThatTestsRunOn_AndTheScheduler()
    {
        Dictionary<string, string> packages = PackagesOf("cpu");

        Assert.Equal(
            Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString(), packages["Microsoft.ML.OnnxRuntime"]);
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime.Gpu", packages.Keys);
        Assert.Contains(Scheduler, packages.Keys);
    }

    // The properties are those that the image's own publish command gives.
    private static Dictionary<string, string> PackagesOf(string image)
    {
        string dockerfile = File.ReadAllText(
            Path.Combine(RepositoryCopy.Original, "infra", "docker", $"{image}.Dockerfile"));
        string publish = dockerfile.Split('\n')
            .SkipWhile(line => !line.Contains("dotnet publish", StringComparison.Ordinal))
            .TakeWhile(line => line.Length > 0).Aggregate("", (all, line) => all + " " + line);
        string[] properties = [.. publish.Split(' ').Where(word => word.StartsWith("-p:", StringComparison.Ordinal))];
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "msbuild",
                "src/Functions/FrozenSeg.Functions.csproj",
                .. properties,
                "-getItem:PackageReference",
                "-getItem:PackageVersion",
            ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = RepositoryCopy.Original,
        };
        using Process build = Process.Start(start)!;
        using JsonDocument answer = JsonDocument.Parse(build.StandardOutput.ReadToEnd());
        JsonElement items = answer.RootElement.GetProperty("Items");
        var versions = items.GetProperty("PackageVersion").EnumerateArray()
            .ToDictionary(
                item => item.GetProperty("Identity").GetString()!, item => item.GetProperty("Version").GetString()!);
        return items.GetProperty("PackageReference")
            .EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(versions.ContainsKey).ToDictionary(name => name, name => versions[name]);
    }
}

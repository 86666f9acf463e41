using System.Collections.Immutable;
using System.IO.Compression;
using System.Net;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>
/// The samples as somebody else would build them: outside the repository, from the packages, which are packed to a
/// folder.
/// </summary>
[Trait("Suite", "Slow")]
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private static readonly string Meadow = Path.Combine(RepositoryCopy.Original, "samples", "meadow.png");

    [Theory]
    [InlineData("FrozenSeg", "BitMiracle.LibTiff.NET", "FrozenSeg.Shared", "Google.Protobuf",
        "Microsoft.Extensions.Diagnostics.HealthChecks",
        "Microsoft.Extensions.Options",
        "Microsoft.ML.OnnxRuntime.Managed",
        "SixLabors.ImageSharp",
        "System.Numerics.Tensors")]
    [InlineData("FrozenSeg.Shared")]
    [InlineData("FrozenSeg.Nano")]
    public void Package_DependsOnNothingElse(string package, params string[] dependencies) =>
        Assert.Equal(
            dependencies, feed.Manifest(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("FrozenSeg")]
    [InlineData("FrozenSeg.Shared")]
    [InlineData("FrozenSeg.Serving")]
    [InlineData("FrozenSeg.Nano")]
    [InlineData("FrozenSeg.Tool")]
    public void Package_SaysWhatItIs(string package)
    {
        XElement metadata = feed.Manifest(package).Root!.Elements().First();

        Assert.All(
            (string[])["description", "license", "readme", "icon", "tags", "authors"],
            name => Assert.NotEmpty(metadata.Elements().Single(element => element.Name.LocalName == name).Value));
    }

    [Theory]
    [InlineData("FrozenSeg", "FrozenSeg.Pipeline")]
    [InlineData("FrozenSeg.Shared", "FrozenSeg.Shared")]
    [InlineData("FrozenSeg.Serving", "FrozenSeg.Serving")]
    public void Package_HoldsAssemblyDocumentationAndPictures_AndSymbolsBeside(string package, string assembly)
    {
        using ZipArchive content = feed.Open(package), symbols = feed.Open(package, "snupkg");

        Assert.All(
            (string[])[
                $"lib/net10.0/{assembly}.dll",
                $"lib/net10.0/{assembly}.xml",
                "README.md",
                "icon.png",
                "THIRD-PARTY-NOTICES.md"],
            name => Assert.NotNull(content.GetEntry(name)));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{assembly}.pdb"));
        Assert.Contains(
            DebugEntries(content.GetEntry($"lib/net10.0/{assembly}.dll")!),
            entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/library.md")]
    [InlineData("eng/package/README.md")]
    public void FirstLinesOfTheDocumentation_Run(string page)
    {
        using SampleProgram sample = feed.Build("Console", program: Code(page, "using FrozenSeg;"));
        File.Copy(Meadow, sample.Path("scene.png"));

        (int exitCode, string output) = sample.Run([]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("grass: ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(sample.Path("overlay.png")), output);
    }

    [Fact]
    public async Task HttpServiceOfTheDocumentation_Answers()
    {
        using SampleProgram sample = feed.Build(
            "WebApi",
            project => project.Replace("\"FrozenSeg\"", "\"FrozenSeg.Serving\"", StringComparison.Ordinal),
            Code("docs/library.md", "WebApplicationBuilder builder"));
        using ServedSample served = sample.Serve();
        using var client = new HttpClient { BaseAddress = served.Address };

        using HttpResponseMessage health = await client.GetAsync("api/health"),
            models = await client.GetAsync("api/models");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, models.StatusCode);
    }

    [Fact]
    public void Console_FindsWhatWordsName()
    {
        using SampleProgram sample = feed.Build("Console");

        (int exitCode, string output) = sample.Run([Meadow, "mushroom; grass (stuff); sky (stuff)"]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("grass: ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(sample.Path("overlay.png")), output);
    }

    [Fact]
    public void Console_WithoutOnnxRuntime_SaysWhichPackageToAdd()
    {
        using SampleProgram sample = feed.Build("Console", project => project.Replace(
            """<PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />""",
            "",
            StringComparison.Ordinal));

        (int exitCode, string output) = sample.Run([Meadow, "grass (stuff)"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Add the package Microsoft.ML.OnnxRuntime to the program", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebApi_AnswersOverHttp()
    {
        using SampleProgram sample = feed.Build("WebApi");
        using ServedSample served = sample.Serve();
        using var client = new HttpClient { BaseAddress = served.Address };

        using HttpResponseMessage answer = await client.PostAsync(
            "segment?words=" + Uri.EscapeDataString("mushroom; grass (stuff)"),
            new ByteArrayContent(await File.ReadAllBytesAsync(Meadow)));
        string body = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.IsSuccessStatusCode, body);
        Assert.Contains("\"label\":\"grass\"", body, StringComparison.Ordinal);
        Assert.Equal("Healthy", await client.GetStringAsync("health"));
    }

    [Fact]
    public void QueueWorker_WorksTheQueueOffAndEnds()
    {
        using SampleProgram sample = feed.Build("QueueWorker");
        string picture = sample.Path("meadow.png");
        File.Copy(Meadow, picture);

        (int exitCode, string output) = sample.Run([], $"{picture} mushroom; grass (stuff)\n/no/such.png cat\n");

        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(Path.Combine(picture + ".segments", "result.json")), output);
        Assert.Contains("/no/such.png", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_IsInstalledAndRuns()
    {
        using SampleProgram tool = feed.InstallTool();

        (int exitCode, string output) = tool.Run(["automask", Meadow, "--out", tool.Path("masks.json")]);

        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(tool.Path("masks.json")), output);
    }

    // The lines between fences, of the first piece of code that begins so.
    private static string Code(string page, string beginning)
    {
        string[] pieces = File.ReadAllText(Path.Combine(RepositoryCopy.Original, page))
            .ReplaceLineEndings("\n")
            .Split("```csharp\n");
        string piece = pieces.Skip(1).First(text => text.StartsWith(beginning, StringComparison.Ordinal));
        return piece[..piece.IndexOf("```", StringComparison.Ordinal)];
    }

    private static ImmutableArray<DebugDirectoryEntry> DebugEntries(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (Stream packed = entry.Open())
            packed.CopyTo(content);
        content.Position = 0;
        using var assembly = new PEReader(content);
        return assembly.ReadDebugDirectory();
    }
}

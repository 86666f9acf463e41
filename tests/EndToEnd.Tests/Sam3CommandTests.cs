using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class Sam3CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _weights;

    public Sam3CommandTests() => _weights = TinySam3.Write(_folder.Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Segment_WordsAndExamples_WritesPresenceAndTheModel()
    {
        CommandLine run = CommandLine.Run(
            "segment", Fixtures.Path("images", "rgb.png"), "--method", "sam3", "--sam3", _weights, "--prompts",
            "cat; grass (stuff)",
            "--task", "panoptic", "instance", "--score-threshold", "0", "--sam3-presence-threshold", "0", "--exemplars",
            "cat: 1,1,9,9",
            "--out", _folder.Path("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", "result.json")));
        Assert.Equal(("sam3", "sam3 (synthetic weights, untrained)"), (result.Models[0].Role, result.Models[0].Name));
        Assert.All(result.Segments, segment => Assert.NotNull(segment.Concept));
        Assert.Equal("cat: 1,1,9,9", result.Request.Settings["exemplars"]);
    }

    [Fact]
    public void Import_OfASam3_SaysWhatItIsAndWhatItsLicenceAsks()
    {
        CommandLine run = CommandLine.Run("models", "import", _weights);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("SAM 3 (Sam3)", run.Output, StringComparison.Ordinal);
        Assert.Contains("frozenseg models accept sam3", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_UnderTheOtherReleasesName_IsOneLine()
    {
        CommandLine run = CommandLine.Run("models", "import", _weights, "--name", "sam3.1");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("--name: the file is a SAM 3, and 'sam3.1' is another model. Use --name sam3.", run.SingleError());
    }

    [Fact]
    public void Info_OfSam3_NamesTheLicenceAndItsLimits()
    {
        CommandLine run = CommandLine.Run("models", "info", "sam3");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("no military or warfare use", run.Output, StringComparison.Ordinal);
        Assert.Contains("not accepted on this machine", run.Output, StringComparison.Ordinal);
    }
}

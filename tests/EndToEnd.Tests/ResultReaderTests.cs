using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>
/// The readers that docs/formats.md shows: each reads what a command wrote, where its language is at hand.
/// </summary>
public sealed class ResultReaderTests : IDisposable
{
    private static readonly string Readers = Path.Combine(RepositoryCopy.Original, "samples", "readers");

    private readonly TemporaryFolder _folder = new();
    private readonly string _result;
    private readonly string[] _expected;

    public ResultReaderTests()
    {
        _result = _folder.Path("masks.json");
        CommandLine.Run(
            "automask", Fixtures.Path("images", "rgb.png"), "--model", "procsam", "--points-per-side", "8", "--out",
            _result);
        _expected = [.. ResultJsonContext.Read(File.ReadAllBytes(_result)).Segments.Select(
            segment => string.Create(CultureInfo.InvariantCulture, $"{segment.Id} {segment.Area}"))];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CSharp_AnyResult_DecodesItsMasks()
    {
        Assert.NotEmpty(_expected);
        Assert.Equal(_expected, ResultReader.Masks(_result).Select(entry => string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Segment.GetProperty("id").GetInt32()} {entry.Mask.Cast<bool>().Count(pixel => pixel)}")));
    }

    [Theory]
    [InlineData("python3", "read_result.py")]
    [InlineData("node", "read-result.mjs")]
    public void Script_AnyResult_DecodesItsMasks(string program, string script)
    {
        string? output = Run(program, Path.Combine(Readers, script), _result);
        if (output is null)
            return;

        string[][] lines =
            [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        Assert.Equal(_expected, lines.Select(line => $"{line[0]} {line[^1]}"));
    }

    [Theory]
    [InlineData("read_result.py")]
    [InlineData("read-result.mjs")]
    [InlineData("ResultReader.cs")]
    public void Documentation_EveryReader_IsShownAsItIs(string reader) => Assert.Contains(
        File.ReadAllText(Path.Combine(Readers, reader)).Trim(),
        File.ReadAllText(Path.Combine(RepositoryCopy.Original, "docs", "formats.md")),
        StringComparison.Ordinal);

    // Null where the program is not at hand.
    private static string? Run(string program, string script, string result)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, [script, result]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

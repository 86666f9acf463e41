using System.Text.Json;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>
/// Random cases against figures that the field's own tools gave for them. <c>README.md</c> says how the records are
/// made again.
/// </summary>
public sealed class RecordedFiguresTests : IDisposable
{
    private const int Cases = 200;
    private const double Tolerance = 1e-9;

    private static readonly ICaseWriter[] Measures =
    [
        new PanopticCases(),
        new InstanceCases("instance", AveragePrecisionOptions.Coco),
        new InstanceCases("boxes", AveragePrecisionOptions.Coco with { Boxes = true }),
        new InstanceCases("lvis", AveragePrecisionOptions.Lvis),
        new SemanticCases(),
        new VideoCases("video", matches: false),
        new VideoCases("video-matched", matches: true),
        new ReferringCases(),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("panoptic")]
    [InlineData("instance")]
    [InlineData("boxes")]
    [InlineData("lvis")]
    [InlineData("semantic")]
    [InlineData("video")]
    [InlineData("video-matched")]
    [InlineData("referring")]
    public void Run_RandomCases_GiveTheToolsFigures(string name)
    {
        ICaseWriter measure = Measures.Single(candidate => candidate.Measure == name);
        using JsonDocument records = JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path("figures", $"{name}.json")));
        string[] figures =
            [.. records.RootElement.GetProperty("figures").EnumerateArray().Select(figure => figure.GetString()!)];
        JsonElement cases = records.RootElement.GetProperty("cases");
        var differences = new List<string>();

        Assert.Equal(Cases, cases.GetArrayLength());
        for (int number = 0; number < Cases; number++)
        {
            string folder = Write(measure, number, _folder.Root);
            IReadOnlyDictionary<string, double?> measured = measure.Measured(folder);
            for (int i = 0; i < figures.Length; i++)
            {
                double? wanted = cases[number][i].ValueKind is JsonValueKind.Null ? null : cases[number][i].GetDouble(),
                    found = measured[figures[i]];
                if (wanted is null != found is null || Math.Abs((wanted ?? 0) - (found ?? 0)) > Tolerance)
                    differences.Add($"case {number}, {figures[i]}: {found} instead of {wanted}");
            }

            Directory.Delete(folder, recursive: true);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void WriteCases_WhereAFolderIsNamed_GoThere()
    {
        if (Environment.GetEnvironmentVariable("FROZENSEG_CASES") is not { Length: > 0 } root)
            return;
        foreach (ICaseWriter measure in Measures)
        {
            for (int number = 0; number < Cases; number++)
                Write(measure, number, root);
        }
    }

    private static string Write(ICaseWriter measure, int number, string root)
    {
        string folder = Path.Combine(root, measure.Measure, $"{number:D3}");
        Directory.CreateDirectory(folder);
        measure.Write(folder, new CaseRandom(measure.Measure, number));
        return folder;
    }
}

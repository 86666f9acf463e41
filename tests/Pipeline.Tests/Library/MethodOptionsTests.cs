using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Tests.Library;

public sealed class MethodOptionsTests
{
    public static TheoryData<string> Methods => [.. MethodFactory.Methods.Select(method => method.Name)];

    // A builder that is asked for a setting that does not exist names all that do.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Settings_HaveEveryPublishedName(string method)
    {
        var unknown = new MethodSettings(new Dictionary<string, string> { ["no_such_setting"] = "1" });
        string remedy = MethodFactory.Find(method)
            .Problems(unknown)
            .Single(problem => problem.Where == "settings.no_such_setting").Remedy;
        string[] published = remedy["Use one of ".Length..].Split(", ");

        Assert.Empty(published.Except(Options(method).Settings().Select(setting => setting.Name)));
    }

    [Fact]
    public void ToSettings_TypedValues_AreReadAsTheyWereMeant()
    {
        var options = new ClipAsRnnOptions
        {
            MaskThreshold = 0.25,
            VisualPrompts = VisualPrompt.Circle | VisualPrompt.BackgroundGray,
            Background = ["sky", "wet grass"],
            ClassifierTemplates = ["a photo of a {}.", "a drawing of a {}."],
            MutualBackground = MutualBackground.Paper,
            UsesCrf = false,
        };
        var settings = new MethodSettings(options.ToSettings());

        CarOptions read = CarSettings.Read(settings);

        Assert.Empty(settings.Problems());
        Assert.Equal((0.25f, VisualPrompt.Circle | VisualPrompt.BackgroundGray, MutualBackground.Paper, false),
            (read.MaskThreshold, read.VisualPrompts, read.MutualBackground, read.UsesCrf));
        Assert.Equal(options.Background, read.Background);
        Assert.Equal(options.ClassifierTemplates, read.ClassifierTemplates);
    }

    [Fact]
    public void ToSettings_NothingSet_LeavesEveryDefault() => Assert.Empty(new FusedOptions().ToSettings());

    [Fact]
    public void ToSettings_OfParts_CarryTheirNames()
    {
        var options = new FusedOptions { Masks = new AutomaskOptions { PointsPerSide = 8 }, SnapIoU = 0.5 };

        IEnumerable<SegmentationProblem> problems = MethodFactory.Find("fused")
            .Problems(new MethodSettings(options.ToSettings()));

        Assert.Empty(problems);
        Assert.Equal("8", options.ToSettings()["automask.points_per_side"]);
    }

    private static MethodOptions Options(string method) => method switch
    {
        "automask" => new AutomaskOptions(),
        "car" => new ClipAsRnnOptions(),
        "frozenseg" => new FrozenSegMethodOptions(),
        "fcclip" => new FrozenSegMethodOptions { UsesInjectors = false },
        "sam3" => new Sam3MethodOptions(),
        _ => new FusedOptions(),
    };
}

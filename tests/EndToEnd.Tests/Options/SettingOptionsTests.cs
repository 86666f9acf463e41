using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.EndToEnd.Tests.Options;

/// <summary>Declared settings as options of a command.</summary>
public class SettingOptionsTests
{
    private static readonly SettingDeclaration Alpha = new()
    {
        Name = "alpha",
        Kind = SettingKind.Number,
        Text = "An exponent",
        Default = "0.4",
        Range = SettingRange.Share,
        Option = "--alpha",
    };

    private static readonly SettingDeclaration Matching = new()
    {
        Name = "sam_matching",
        Kind = SettingKind.Switch,
        Text = "Match with SAM",
        Option = "--sam-matching",
    };

    private static readonly SettingDeclaration Hidden =
        new() { Name = "hidden", Kind = SettingKind.Text, Text = "Reached by --set" };

    private readonly SettingOptions _options = new([Alpha, Matching, Hidden], []);

    [Fact]
    public void Options_SettingWithoutAnOption_HasNone() =>
        Assert.Equal(["--alpha", "--sam-matching"], _options.Options.Select(option => option.Name));

    [Fact]
    public void Options_Description_SaysRangeAndDefault() =>
        Assert.Equal("An exponent; 0 to 1. Default: 0.4.", _options.Options[0].Description);

    [Fact]
    public void Given_OptionsOfTheCommandLine_ComeUnderTheirPublishedNames() => Assert.Equal(
        new Dictionary<string, string> { ["alpha"] = "0.3", ["sam_matching"] = "true" },
        _options.Given(Parse("--alpha", "0.3", "--sam-matching")));

    [Fact]
    public void Given_NothingOnTheCommandLine_IsEmpty() => Assert.Empty(_options.Given(Parse()));

    [Fact]
    public void Check_ProblemOfAGivenOption_NamesTheOption() =>
        Assert.Equal("--alpha", PlaceOfProblem(Parse("--alpha", "7"), []));

    [Fact]
    public void Check_ProblemOfASettingThatSomethingElseGave_NamesTheSetting()
    {
        Assert.Equal("settings.alpha", PlaceOfProblem(Parse(), []));
        Assert.Equal("settings.alpha", PlaceOfProblem(Parse("--alpha", "7"), ["alpha"]));
    }

    [Fact]
    public void Options_SameNameInTwoMethods_IsOneOption()
    {
        var known = new Dictionary<string, Option>();

        Assert.Same(new SettingOptions([Alpha], known).Options[0], new SettingOptions([Alpha], known).Options[0]);
    }

    private string PlaceOfProblem(ParseResult parsed, string[] overruled)
    {
        SegmentationProblem problem = new(
            ProblemKind.InvalidRequest, "settings.alpha", "it is out of range", "Use 0 to 1");
        return Assert.Single(Assert.Throws<SegmentationProblemException>(
            () => _options.Check(parsed, [problem], overruled)).Problems).Where;
    }

    private ParseResult Parse(params string[] arguments)
    {
        var command = new RootCommand();
        foreach (Option option in _options.Options)
            command.Add(option);
        return command.Parse(arguments);
    }
}

using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Requests;

/// <summary>Each limit one below, at, and one above: a request is refused by the last only.</summary>
public sealed class RequestLimitsTests
{
    private static readonly RequestRules Rules = new()
    {
        Methods = [new MethodCapabilities("car", [SegmentationTask.Semantic], NeedsWords: true)],
        AllowsUrls = true,
        AllowsCallbacks = true,
        AllowsExpansion = true,
        MaxUrlLength = 60,
        MaxPrompts = 6,
        MaxPromptLength = 20,
        MaxSettings = 3,
    };

    private static readonly SegmentationRequest Request = new()
    {
        Image = new ImageSource { Bytes = [1] },
        Prompts = [Prompt("cat")],
    };

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void Problems_AddressOfSoManyCharacters_IsTakenUpToTheLimit(int length, bool isTaken)
    {
        string address = "https://example.com/".PadRight(length, 'a');

        string[] url = PlacesOf(Request with { Image = new ImageSource { Url = address } });
        string[] callback = PlacesOf(Request with { Callback = address });

        Assert.Equal(isTaken ? [] : ["image.url"], url);
        Assert.Equal(isTaken ? [] : ["callback"], callback);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void Problems_SoManyPromptsAndSynonyms_AreTakenUpToTheLimit(int names, bool areTaken)
    {
        SegmentationPrompt[] flat = [.. Enumerable.Range(0, names).Select(i => Prompt($"cat {i}"))];
        SegmentationPrompt[] nested =
            [Prompt("dog") with { Synonyms = [.. flat.Skip(1).Select(prompt => prompt.Text)] }];

        Assert.Equal(areTaken ? [] : ["prompts"], PlacesOf(Request with { Prompts = flat }));
        Assert.Equal(areTaken ? [] : ["prompts"], PlacesOf(Request with { Prompts = nested }));
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Problems_NameOfSoManyCharacters_IsTakenUpToTheLimit(int length, bool isTaken)
    {
        string name = new('a', length);

        Assert.Equal(isTaken ? [] : ["prompts[0]"], PlacesOf(Request with { Prompts = [Prompt(name)] }));
        Assert.Equal(
            isTaken ? [] : ["prompts[0]"],
            PlacesOf(Request with { Prompts = [Prompt("cat") with { Synonyms = [name] }] }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(99, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Problems_IdOfSoManyCharacters_IsTakenUpToTheLimit(int length, bool isTaken)
    {
        SegmentationPrompt prompt = Prompt("cat") with { Id = new string('a', length) };

        Assert.Equal(isTaken ? [] : ["prompts[0].id"], PlacesOf(Request with { Prompts = [prompt] }));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Problems_SoManySettings_AreTakenUpToTheLimit(int count, bool areTaken)
    {
        var settings = Enumerable.Range(0, count).ToDictionary(i => $"s{i}", _ => "1");

        Assert.Equal(areTaken ? [] : ["settings"], PlacesOf(Request with { Settings = settings }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Problems_ExpressionsPerPrompt_AreOneToTen(int most, bool isTaken)
    {
        SegmentationRequest request = Request with { Expansion = new ExpansionRequest { MaxPerPrompt = most } };

        Assert.Equal(isTaken ? [] : ["expansion.max_per_prompt"], PlacesOf(request));
    }

    [Theory]
    [InlineData(-0.001, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(1.001, false)]
    [InlineData(double.NaN, false)]
    public void Problems_Threshold_IsZeroToOne(double threshold, bool isTaken)
    {
        SegmentationRequest request = Request with { Prompts = [Prompt("cat") with { Threshold = threshold }] };

        Assert.Equal(isTaken ? [] : ["prompts[0].threshold"], PlacesOf(request));
    }

    [Fact]
    public void Problems_MoreOfASettingThanAnybodyReads_AreCutAtTheMostSettings()
    {
        RequestRules rules = Rules with { SettingProblems = (_, _) => Enumerable.Repeat(SettingProblem(), 100) };
        SegmentationRequest request = Request with { Settings = new Dictionary<string, string> { ["a"] = "1" } };

        Assert.Equal(rules.MaxSettings, new RequestValidator(rules).Problems(request).Count());
    }

    [Fact]
    public void Rules_WithoutAWord_AreThoseOfTheDocuments()
    {
        var rules = new RequestRules { Methods = Rules.Methods };

        Assert.Equal(
            (2_048, 10_000, 500, 100),
            (rules.MaxUrlLength, rules.MaxPrompts, rules.MaxPromptLength, rules.MaxSettings));
        Assert.Equal(
            (false, false, false, true),
            (rules.AllowsUrls, rules.AllowsCallbacks, rules.AllowsExpansion, rules.AllowsBlobs));
        Assert.Empty(rules.SettingProblems("car", new Dictionary<string, string>()));
        Assert.Empty(rules.Vocabularies);
    }

    private static string[] PlacesOf(SegmentationRequest request) =>
        PlacesOf(new RequestValidator(Rules).Problems(request));

    // Whatever is refused, a reader learns what was found and what to do about it.
    private static string[] PlacesOf(IEnumerable<SegmentationProblem> problems) => [.. problems.Select(problem =>
    {
        Assert.NotEmpty(problem.Found);
        Assert.NotEmpty(problem.Remedy);
        return problem.Where;
    })];

    private static SegmentationProblem SettingProblem() =>
        new(ProblemKind.InvalidRequest, "settings.a", "it is bad", "Leave it out");

    private static SegmentationPrompt Prompt(string text) => new() { Text = text, Kind = CategoryKind.Thing };
}

using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Shared.Tests.Requests;

/// <summary>
/// Each rule of <see cref="RequestValidator"/> on its own: what it refuses, and what stands right beside it and passes.
/// </summary>
public sealed class RequestAnswersTests
{
    private static readonly RequestRules Rules = new()
    {
        Methods =
        [
            new MethodCapabilities("automask", [SegmentationTask.Masks], NeedsWords: false),
            new MethodCapabilities("car", [SegmentationTask.Semantic, SegmentationTask.Panoptic], NeedsWords: true),
        ],
        Vocabularies = ["coco-133"],
    };

    private static readonly SegmentationRequest Words = new()
    {
        Image = new ImageSource { Bytes = [1] },
        Prompts = [new SegmentationPrompt { Text = "cat" }],
    };

    [Fact]
    public void Problems_PictureWithoutAByte_IsRefusedHoweverItIsGiven()
    {
        var sent = new ImageSource { Bytes = [] };
        var stored = new ImageSource { Artefact = new ArtefactReference("images/a.png", 0) };

        Assert.Equal(["image"], PlacesOf(Words with { Image = sent }));
        Assert.Equal(["image"], PlacesOf(Words with { Image = stored }));
    }

    [Fact]
    public void Problems_PictureGivenTwice_IsRefused()
    {
        var image = new ImageSource { Bytes = [1], Artefact = new ArtefactReference("images/a.png", 1) };

        Assert.Equal(["image"], PlacesOf(Words with { Image = image }));
        Assert.Equal(["image"], PlacesOf(Words with { Image = new ImageSource { Name = "a.png" } }));
    }

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("folder/of..dots/a.png", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("/a.png", false)]
    [InlineData("a/", false)]
    [InlineData("a\\b.png", false)]
    [InlineData("./a.png", false)]
    [InlineData("a/./b.png", false)]
    [InlineData("a/..", false)]
    [InlineData("a//b.png", false)]
    public void Problems_NameOfABlob_IsAPlainPath(string name, bool isPlain)
    {
        Assert.Equal(isPlain ? [] : ["image.blob"], PlacesOf(Blob("uploads", name)));
    }

    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public void Problems_NameOfABlob_EndsAtTheStoragesLimit(int length, bool isTaken)
    {
        Assert.Equal(isTaken ? [] : ["image.blob"], PlacesOf(Blob("uploads", new string('a', length))));
    }

    [Theory]
    [InlineData("uploads", true)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("up/loads", false)]
    public void Problems_Container_IsOnePartOfAPath(string container, bool isOne)
    {
        Assert.Equal(isOne ? [] : ["image.blob"], PlacesOf(Blob(container, "a.png")));
    }

    [Fact]
    public void Problems_BlobWhereNoneAreRead_IsRefusedOnce()
    {
        RequestRules rules = Rules with { AllowsBlobs = false };

        Assert.Equal(["image.blob"], PlacesOf(Blob("uploads", "a.png"), rules));
        Assert.Equal(["image.blob"], PlacesOf(Blob("..", ".."), rules));
    }

    [Theory]
    [InlineData("https://example.com/a.png", true)]
    [InlineData("http://example.com/a.png", false)]
    [InlineData("ftp://example.com/a.png", false)]
    [InlineData("/a.png", false)]
    [InlineData("example.com/a.png", false)]
    [InlineData("https://user@example.com/a.png", false)]
    public void Problems_Address_IsHttpsWithoutAUser(string address, bool isTaken)
    {
        RequestRules rules = Rules with { AllowsUrls = true, AllowsCallbacks = true };

        Assert.Equal(
            isTaken ? [] : ["image.url"], PlacesOf(Words with { Image = new ImageSource { Url = address } }, rules));
        Assert.Equal(isTaken ? [] : ["callback"], PlacesOf(Words with { Callback = address }, rules));
    }

    [Fact]
    public void Problems_AddressWhereNoneAreFollowed_IsRefusedOnItsOwnAccount()
    {
        const string address = "https://example.com/a.png";

        Assert.Equal(["callback"], PlacesOf(Words with { Callback = address }, Rules with { AllowsUrls = true }));
        Assert.Equal(
            ["image.url"],
            PlacesOf(Words with { Image = new ImageSource { Url = address } }, Rules with { AllowsCallbacks = true }));
    }

    [Fact]
    public void Problems_EmptyListOfPrompts_IsNoWords()
    {
        SegmentationRequest request = Words with { Prompts = [], Method = "car" };

        Assert.Equal(["prompts"], PlacesOf(request));
        Assert.Empty(PlacesOf(request with { Method = "automask" }));
        Assert.Empty(PlacesOf(request with { Method = null }));
    }

    [Fact]
    public void Problems_OutputNobodyKnows_IsRefused()
    {
        Assert.Equal(["outputs"], PlacesOf(Words with { Outputs = [OutputFormat.Overlay, (OutputFormat)99] }));
    }

    [Fact]
    public void Problems_UnknownMethod_NamesThoseThereAre()
    {
        SegmentationProblem problem = Assert.Single(
            new RequestValidator(Rules).Problems(Words with { Method = "magic" }));

        Assert.Equal("method", problem.Where);
        Assert.Contains("magic", problem.Found, StringComparison.Ordinal);
        Assert.Contains("automask, car", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_UnknownVocabulary_NamesThoseThereAre()
    {
        SegmentationRequest request = Words with { Prompts = null, Vocabulary = "moon" };

        string remedy = Assert.Single(new RequestValidator(Rules).Problems(request)).Remedy;
        string without = Assert.Single(new RequestValidator(Rules with { Vocabularies = [] }).Problems(request)).Remedy;

        Assert.Contains("coco-133", remedy, StringComparison.Ordinal);
        Assert.Contains("prompts", without, StringComparison.Ordinal);
        Assert.Empty(PlacesOf(request with { Vocabulary = "coco-133" }));
    }

    [Fact]
    public void Problems_TasksNobodyAnswers_AreNamedOnceEach()
    {
        var unknown = (SegmentationTask)99;
        SegmentationRequest request = Words with
        {
            Method = "car",
            Tasks = [SegmentationTask.Instance, SegmentationTask.Semantic, unknown, SegmentationTask.Instance, unknown],
        };

        SegmentationProblem[] problems = [.. new RequestValidator(Rules).Problems(request)];

        Assert.Equal(["tasks", "tasks"], problems.Select(problem => problem.Where));
        Assert.Contains("99", problems[0].Found, StringComparison.Ordinal);
        Assert.Contains("instance", problems[1].Found, StringComparison.Ordinal);
        Assert.All(
            problems, problem => Assert.Contains("semantic or panoptic", problem.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_SettingThatIsNull_IsNotShownToTheMethod()
    {
        bool isShown = false;
        RequestRules rules = Rules with
        {
            SettingProblems = (_, _) =>
            {
                isShown = true;
                return [];
            },
        };
        SegmentationRequest request = Words with
        {
            Settings = new Dictionary<string, string> { ["a"] = "1", ["b"] = null!, ["c"] = null! },
        };

        Assert.Equal(["settings.b", "settings.c"], PlacesOf(request, rules));
        Assert.False(isShown);
    }

    [Fact]
    public void Problems_Settings_AreThoseOfTheMethodThatIsMeant()
    {
        string? asked = null;
        RequestRules rules = Rules with
        {
            SettingProblems = (method, _) =>
            {
                asked = method;
                return [];
            },
        };

        Assert.Empty(PlacesOf(Words with { Settings = new Dictionary<string, string> { ["a"] = "1" } }, rules));
        Assert.Equal("car", asked);
    }

    [Fact]
    public void Problems_Expansion_NeedsAModelAndPrompts()
    {
        RequestRules able = Rules with { AllowsExpansion = true };
        SegmentationRequest request = Words with { Expansion = new ExpansionRequest() };

        Assert.Equal(["expansion"], PlacesOf(request));
        Assert.Empty(PlacesOf(request, able));
        Assert.Equal(["expansion"], PlacesOf(request with { Prompts = [], Vocabulary = "coco-133" }, able));
        Assert.Equal(["expansion"], PlacesOf(request with { Prompts = null, Vocabulary = "coco-133" }));
    }

    [Theory]
    [InlineData(OutputFormat.Panoptic, SegmentationTask.Semantic, false)]
    [InlineData(OutputFormat.Panoptic, SegmentationTask.Panoptic, true)]
    [InlineData(OutputFormat.Semantic, SegmentationTask.Panoptic, false)]
    [InlineData(OutputFormat.Semantic, SegmentationTask.Semantic, true)]
    [InlineData(OutputFormat.Overlay, SegmentationTask.Semantic, true)]
    internal void Problems_OutputOfATask_NeedsTheTask(OutputFormat output, SegmentationTask task, bool isTaken)
    {
        SegmentationRequest request = Words with { Outputs = [output], Tasks = [task] };

        Assert.Equal(isTaken ? [] : ["outputs"], PlacesOf(request));
        Assert.Empty(PlacesOf(request with { Tasks = null }));
        Assert.Empty(PlacesOf(request with { Tasks = [] }));
    }

    [Fact]
    public void Check_Request_KeepsWhatItSaysAndNamesATaskOnce()
    {
        SegmentationRequest request = Words with
        {
            Method = "car",
            Tasks = [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Panoptic],
        };

        SegmentationRequest named = new RequestValidator(Rules).Check(request);
        SegmentationRequest bare = new RequestValidator(Rules).Check(Words with { Tasks = [] });

        Assert.Equal(("car", "cat"), (named.Method, named.Prompts![0].Text));
        Assert.Equal([SegmentationTask.Panoptic, SegmentationTask.Semantic], named.Tasks);
        Assert.Equal("car", bare.Method);
        Assert.Equal([SegmentationTask.Semantic], bare.Tasks);
    }

    [Fact]
    public void Check_SeveralProblems_ThrowsThemAll()
    {
        SegmentationRequest request = Words with { Image = null, Vocabulary = "moon" };

        var refusal = Assert.Throws<SegmentationProblemException>(() => new RequestValidator(Rules).Check(request));

        Assert.Equal(["image", "vocabulary", "vocabulary"], refusal.Problems.Select(problem => problem.Where));
        Assert.All(refusal.Problems, problem => Assert.Equal(ProblemKind.InvalidRequest, problem.Kind));
    }

    private static SegmentationRequest Blob(string container, string name) =>
        Words with { Image = new ImageSource { Blob = new BlobAddress(container, name) } };

    private static string[] PlacesOf(SegmentationRequest request) => PlacesOf(request, Rules);

    private static string[] PlacesOf(SegmentationRequest request, RequestRules rules) =>
        PlacesOf(new RequestValidator(rules).Problems(request));

    // Whatever is refused, a reader learns what was found and what to do about it.
    private static string[] PlacesOf(IEnumerable<SegmentationProblem> problems) => [.. problems.Select(problem =>
    {
        Assert.NotEmpty(problem.Found);
        Assert.NotEmpty(problem.Remedy);
        return problem.Where;
    })];
}

using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Requests;

public sealed class RequestValidatorTests
{
    private static readonly RequestRules Rules = new()
    {
        Methods =
        [
            new MethodCapabilities("automask", [SegmentationTask.Masks], NeedsWords: false),
            new MethodCapabilities("car", [SegmentationTask.Semantic, SegmentationTask.Referring], NeedsWords: true),
        ],
        Vocabularies = ["coco-133"],
        SettingProblems = (_, settings) => settings.ContainsKey("bad")
            ? [new SegmentationProblem(ProblemKind.InvalidRequest, "settings.bad", "it is bad", "Leave it out")]
            : [],
    };

    private static readonly ImageSource Picture = new() { Bytes = [1] };

    [Fact]
    public void Check_BareRequest_NamesMethodAndTasks()
    {
        SegmentationRequest checkedRequest = new RequestValidator(Rules)
            .Check(new SegmentationRequest { Image = Picture });

        Assert.Equal("automask", checkedRequest.Method);
        Assert.Equal([SegmentationTask.Masks], checkedRequest.Tasks);
    }

    [Fact]
    public void Check_WordsWithoutAMethod_NamesTheFirstThatTakesThemAndAnswers()
    {
        var rules = Rules with
        {
            Methods =
                [.. Rules.Methods, new MethodCapabilities("frozenseg", [SegmentationTask.Panoptic], NeedsWords: true)],
        };
        var request = new SegmentationRequest { Image = Picture, Prompts = [Prompt("cat")] };

        SegmentationRequest plain = new RequestValidator(rules).Check(request);
        SegmentationRequest panoptic = new RequestValidator(rules)
            .Check(request with { Tasks = [SegmentationTask.Panoptic] });

        Assert.Equal(("car", SegmentationTask.Semantic), (plain.Method, plain.Tasks![0]));
        Assert.Equal("frozenseg", panoptic.Method);
    }

    [Fact]
    public void Check_WordsWithoutAMethod_PassesOverOneWithoutNetworks()
    {
        var frozenSeg = new MethodCapabilities("frozenseg", [SegmentationTask.Semantic], NeedsWords: true);
        RequestRules rules = Rules with
        {
            Methods = [.. Rules.Methods, frozenSeg],
            Ready = [Rules.Methods[0], frozenSeg],
        };
        var request = new SegmentationRequest { Image = Picture, Prompts = [Prompt("cat")] };

        SegmentationRequest unnamed = new RequestValidator(rules).Check(request);
        SegmentationRequest named = new RequestValidator(rules).Check(request with { Method = "car" });

        Assert.Equal(("frozenseg", "car"), (unnamed.Method, named.Method));
    }

    [Fact]
    public void Check_WordsWithoutAMethodThatHasItsNetworks_NamesOneAllTheSame()
    {
        RequestRules rules = Rules with { Ready = [Rules.Methods[0]] };
        var request = new SegmentationRequest { Image = Picture, Prompts = [Prompt("cat")] };

        // What is missing is then said by the method itself, and not that automask takes no words.
        Assert.Equal("car", new RequestValidator(rules).Check(request).Method);
    }

    [Fact]
    public void Check_EverythingWrong_IsSaidAtOnce()
    {
        var request = new SegmentationRequest
        {
            Image = Picture with { Url = "http://example.com/a.png" },
            Method = "car",
            Prompts = [Prompt("cat") with { Threshold = 2, Id = "a" }, Prompt("Cat") with { Id = "a" }, Prompt("?!")],
            Vocabulary = "moon",
            Tasks = [SegmentationTask.Masks],
            Outputs = [OutputFormat.Panoptic],
            Expansion = new ExpansionRequest { MaxPerPrompt = 0 },
            Settings = new Dictionary<string, string> { ["bad"] = "1" },
            Callback = "https://user:secret@example.com",
        };

        string[] found = [.. Problems(request).Select(problem => $"{problem.Where}: {problem.Found}")];

        Assert.Equal(
            [
                "image: it is given in more than one way",
                "image.url: this service fetches no pictures",
                "image.url: 'http://example.com/a.png' is not an https address",
                "tasks: car does not answer masks",
                "settings.bad: it is bad",
                "prompts: the id 'a' is given 2 times",
                "prompts[0].threshold: 2 is out of range",
                "prompts[1]: 'Cat' is named in prompts 1 and 2",
                "prompts[2]: '?!' has neither a letter nor a digit",
                "vocabulary: prompts are given too",
                "vocabulary: there is no vocabulary 'moon'",
                "expansion: this service has no language model",
                "expansion.max_per_prompt: 0 is out of range",
                "outputs: panoptic files need the task panoptic",
                "callback: this service makes no callbacks",
                "callback: the address holds a user name or password",
            ],
            found);
    }

    [Theory]
    [InlineData("automask", "cat", "takes no words")]
    [InlineData("car", null, "needs to know what to look for")]
    public void Problems_WordsDoNotSuitTheMethod_SaysSo(string method, string? prompt, string found)
    {
        var request = new SegmentationRequest
        {
            Image = Picture,
            Method = method,
            Prompts = prompt is null ? null : [Prompt(prompt)],
        };

        Assert.Contains(found, Assert.Single(Problems(request)).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uploads", "../secret.png")]
    [InlineData("up/loads", "a.png")]
    [InlineData("uploads", "/etc/passwd")]
    [InlineData("uploads", "a//b.png")]
    [InlineData("..", "a.png")]
    public void Problems_BlobOutsideItsContainer_IsRefused(string container, string name)
    {
        var request = new SegmentationRequest { Image = new ImageSource { Blob = new BlobAddress(container, name) } };

        Assert.Equal("image.blob", Assert.Single(Problems(request)).Where);
    }

    [Fact]
    public void Problems_NoPicture_SaysSo()
    {
        Assert.Equal("there is no picture", Assert.Single(Problems(new SegmentationRequest())).Found);
    }

    [Fact]
    public void Problems_StoredPicture_IsEnough()
    {
        var request = new SegmentationRequest
        {
            Image = new ImageSource { Artefact = new ArtefactReference("images/a.png", 3) },
        };

        Assert.Empty(Problems(request));
    }

    [Fact]
    public void Problems_ManyBadPrompts_StayReadable()
    {
        var request = new SegmentationRequest
        {
            Image = Picture,
            Method = "car",
            Prompts = [.. Enumerable.Range(0, 5000).Select(_ => Prompt("?"))],
        };

        Assert.Equal(10, Problems(request).Length);
    }

    [Fact]
    public void Problems_SynonymsBeyondTheLimit_CountAsPrompts()
    {
        var request = new SegmentationRequest
        {
            Image = Picture,
            Method = "car",
            Prompts = [Prompt("cat") with { Synonyms = [.. Enumerable.Range(0, 10_000).Select(i => $"cat {i}")] }],
        };

        Assert.Equal(
            "there are 10,001 prompts and synonyms; 10,000 are allowed", Assert.Single(Problems(request)).Found);
    }

    [Fact]
    public void Problems_NullsAndUndefinedNumbers_AreSaidByPlace()
    {
        var nulls = new SegmentationRequest
        {
            Image = Picture,
            Method = "car",
            Prompts = [Prompt("cat") with { Synonyms = ["kitten", null!] }, null!, Prompt(null!)],
            Settings = new Dictionary<string, string> { ["a"] = null! },
        };
        var numbers = new SegmentationRequest
        {
            Image = Picture,
            Method = "car",
            Prompts = [Prompt("cat") with { Kind = (CategoryKind)7 }],
            Tasks = [(SegmentationTask)99],
            Outputs = [(OutputFormat)99],
        };

        Assert.Equal(
            ["settings.a", "prompts[0].synonyms[1]", "prompts[1]", "prompts[2]"],
            Problems(nulls).Select(problem => problem.Where));
        Assert.Equal(["tasks", "prompts[0].kind", "outputs"], Problems(numbers).Select(problem => problem.Where));
    }

    private static SegmentationProblem[] Problems(SegmentationRequest request) =>
        [.. new RequestValidator(Rules).Problems(request)];

    private static SegmentationPrompt Prompt(string text) => new() { Text = text };
}

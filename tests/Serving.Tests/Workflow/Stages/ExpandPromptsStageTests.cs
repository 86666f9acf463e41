using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class ExpandPromptsStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly Thesaurus _thesaurus = new();

    public ExpandPromptsStageTests() => _bench.Services = _bench.Services with { Expander = _thesaurus };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_Expansion_ReplacesThePromptsAndShowsThePictureWhenAsked(bool showsImage)
    {
        ArtefactReference image = await _bench.PutAsync([1, 2, 3]);
        ArtefactReference request = await _bench.PutAsync(new SegmentationRequest
        {
            Method = "car",
            Prompts = [new SegmentationPrompt { Text = "cat" }],
            Expansion = new ExpansionRequest { ShowImage = showsImage },
        });

        ExpandedRequest expanded = await Stage()
            .RunAsync(new ExpandInput(request, image), StageBench.Progress, default);

        SegmentationRequest read = RequestJsonContext.Read(
            await StoredContent.ReadAsync(_bench.Store, expanded.Request, default), "request");
        Assert.Equal(["kitten"], Assert.Single(read.Prompts!).Synonyms);
        Assert.Equal("car", read.Method);
        Assert.Equal(["some were left out"], expanded.Warnings);
        Assert.Equal(showsImage ? [1, 2, 3] : null, _thesaurus.Shown);
    }

    [Fact]
    public async Task Run_NothingToExpand_IsTheRequestItself()
    {
        ArtefactReference image = await _bench.PutAsync([1]);
        SegmentationRequest[] requests =
        [
            new() { Prompts = [new SegmentationPrompt { Text = "cat" }] },
            new() { Expansion = new ExpansionRequest() },
        ];

        foreach (SegmentationRequest request in requests)
        {
            ArtefactReference stored = await _bench.PutAsync(request);
            ExpandedRequest expanded = await Stage()
                .RunAsync(new ExpandInput(stored, image), StageBench.Progress, default);
            Assert.Equal(stored, expanded.Request);
            Assert.Empty(expanded.Warnings);
        }
    }

    [Fact]
    public void ReceiptKey_Expander_IsPartOfIt()
    {
        var input = new ExpandInput(new ArtefactReference("requests/r", 1), new ArtefactReference("images/a", 1));
        ArtefactKey? known = Stage().ReceiptKey(input);
        _bench.Services = _bench.Services with { Expander = NoExpansion.Instance };

        Assert.NotEqual(known, Stage().ReceiptKey(input));
        Assert.NotEqual(known, Stage().ReceiptKey(input with { Image = input.Request }));
        Assert.NotEqual(known, Stage().ReceiptKey(input with { Request = input.Image }));
    }

    private ExpandPromptsStage Stage() => new(_bench.Services, _bench.Documents);

    private sealed class Thesaurus : IPromptExpander
    {
        public string Name => "thesaurus";

        public byte[]? Shown { get; private set; }

        public Task<PromptExpansion> ExpandAsync(
            IReadOnlyList<SegmentationPrompt> prompts,
            ExpansionRequest request,
            byte[]? image,
            CancellationToken cancellation)
        {
            Shown = image;
            return Task.FromResult(
                new PromptExpansion([prompts[0] with { Synonyms = ["kitten"] }], ["some were left out"]));
        }
    }
}

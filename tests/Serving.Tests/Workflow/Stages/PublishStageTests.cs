using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class PublishStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_Answer_BecomesTheFilesOfTheSegmentation()
    {
        PublishedFiles published = await RunAsync(new SegmentationRequest
        {
            Method = "car",
            Tasks = [SegmentationTask.Semantic],
            Prompts = [new SegmentationPrompt { Text = "cat", Synonyms = ["kitten"] }, new SegmentationPrompt
            {
                Text = "dog",
            }],
            Outputs = [OutputFormat.Overlay],
        });

        Assert.Equal(["overlay.png", "result.json"], published.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(published.Files, file => Assert.Equal($"results/a/{file.Key}", file.Value.Key));
        Assert.Equal(2, published.Segments);
        SegmentationResult result = await ResultAsync(published);
        Assert.Equal(
            ("car", "cat, kitten; dog", "custom"),
            (result.Request.Method, result.Request.Prompts, result.Request.Vocabulary));
        Assert.Equal(("photo.png", 40, 32), (result.Image.Name, result.Image.Width, result.Image.Height));
    }

    [Fact]
    public async Task Run_Timings_AreThoseOfTheStagesThenThoseInsideTheMethod()
    {
        PublishedFiles published = await RunAsync(
            new SegmentationRequest { Method = "car", Tasks = [SegmentationTask.Semantic], Vocabulary = "coco-133" });
        SegmentationResult result = await ResultAsync(published);

        Assert.Equal(
            [("Prepare", 0.5), ("car.encode", 1)], result.Timings.Select(timing => (timing.Stage, timing.Seconds)));
        Assert.Equal(["from the words", "from the method"], result.Warnings);
        Assert.Equal(result.Warnings, published.Warnings);
        Assert.Equal((null, "coco-133"), (result.Request.Prompts, result.Request.Vocabulary));
    }

    [Fact]
    public void ReceiptKey_WhatIsPublished_IsPartOfItAndTheTimesAreNot()
    {
        var stage = new PublishStage(_bench.Services, _bench.Documents);
        PublishInput input = Input(
            new ArtefactReference("requests/r", 1),
            new ArtefactReference("images/a", 1),
            new MethodOutput("car", new ArtefactReference("outcomes/o", 1), 1));
        PublishInput[] others =
        [
            input with { Id = "b" },
            input with { Request = new ArtefactReference("requests/s", 1) },
            input with { Picture = input.Picture with { Image = new ArtefactReference("images/b", 1) } },
            input with { Answer = input.Answer with { Outcome = new ArtefactReference("outcomes/p", 1) } },
        ];

        ArtefactKey?[] keys = [stage.ReceiptKey(input), .. others.Select(stage.ReceiptKey)];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], stage.ReceiptKey(input with { Timings = [], Warnings = [] }));
    }

    private async Task<PublishedFiles> RunAsync(SegmentationRequest request)
    {
        ArtefactReference image = await _bench.PutAsync(ServiceBench.Picture());
        MethodOutput answer = await _bench.PutAsync("car", StageBench.Outcome((0, 0.5), (1, 0.4)));
        return await new PublishStage(_bench.Services, _bench.Documents).RunAsync(
            Input(await _bench.PutAsync(request), image, answer), StageBench.Progress, default);
    }

    private async Task<SegmentationResult> ResultAsync(PublishedFiles published) =>
        ResultJsonContext.Read(
            await _bench.Store.GetAsync(ArtefactKey.Parse(published.Files["result.json"].Key), default));

    private static PublishInput Input(ArtefactReference request, ArtefactReference image, MethodOutput answer) => new(
        "a",
        request,
        new PreparedPicture(image, new ResultImage("photo.png", 40, 32, "00", 1)),
        answer,
        [new StageTiming("Prepare", 0.5)],
        ["from the words"]);
}

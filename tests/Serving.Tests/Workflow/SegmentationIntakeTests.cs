using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class SegmentationIntakeTests : IDisposable
{
    private static readonly RequestRules Rules = ServiceRules.Create([], ModelSelection.Default) with
    {
        AllowsUrls = true,
        AllowsCallbacks = true,
        AllowsExpansion = true,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly FolderArtefactStore _store;
    private readonly SegmentationIntake _intake;

    public SegmentationIntakeTests()
    {
        _store = new FolderArtefactStore(_folder.Root, Disk.Unflushed);
        _intake = new SegmentationIntake(new RequestValidator(Rules), _store);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accept_PictureInTheRequest_IsStoredAndNamedByItsHash()
    {
        var request = new SegmentationRequest { Image = new ImageSource { Bytes = [1, 2], Name = "a.png" } };

        SegmentationJob job = await _intake.AcceptAsync("a", request, default);

        SegmentationRequest stored = await ReadAsync(job);
        Assert.Equal(("a", "automask", false, false), (job.Id, job.Method, job.Expands, job.Notifies));
        Assert.Equal(("a.png", null), (stored.Image!.Name, stored.Image.Bytes));
        Assert.Equal([1, 2], await StoredContent.ReadAsync(_store, stored.Image.Artefact!, default));
        Assert.StartsWith("images/", stored.Image.Artefact!.Key, StringComparison.Ordinal);
        Assert.Equal([SegmentationTask.Masks], stored.Tasks);
    }

    [Fact]
    public async Task Accept_PictureBesideTheRequest_IsTheSameInBothForms()
    {
        SegmentationJob held = await _intake.AcceptAsync(
            "a", new SegmentationRequest(), new FetchedPicture("b.png", [1, 2]), default);
        await using IStagedArtefact content = await _store.StageAsync("images", new MemoryStream([1, 2]), default);
        SegmentationJob staged = await _intake.AcceptAsync(
            "a", new SegmentationRequest(), new StagedPicture("b.png", content), default);

        SegmentationRequest stored = await ReadAsync(held);
        Assert.Equal(held, staged);
        Assert.Equal("b.png", stored.Image!.Name);
        Assert.Equal([1, 2], await StoredContent.ReadAsync(_store, stored.Image.Artefact!, default));
    }

    [Fact]
    public async Task Accept_StagedPicture_IsKept()
    {
        await using (IStagedArtefact content = await _store.StageAsync("images", new MemoryStream([3, 4]), default))
            await _intake.AcceptAsync("a", new SegmentationRequest(), new StagedPicture("b.png", content), default);

        ArtefactKey key = ArtefactKey.OfContent("images", [3, 4], "");
        Assert.Equal([3, 4], await _store.GetAsync(key, default));
    }

    [Fact]
    public async Task Accept_NoPictureBesideTheRequest_TakesItsOwn()
    {
        var request = new SegmentationRequest { Image = new ImageSource { Bytes = [1], Name = "a.png" } };

        SegmentationJob job = await _intake.AcceptAsync("a", request, (FetchedPicture?)null, default);

        Assert.Equal("a.png", (await ReadAsync(job)).Image!.Name);
    }

    [Fact]
    public async Task Accept_NameInTheRequest_GoesBeforeThatOfTheFile()
    {
        var request = new SegmentationRequest { Image = new ImageSource { Name = "mine.png" } };
        await using IStagedArtefact content = await _store.StageAsync("images", new MemoryStream([1]), default);

        SegmentationRequest held = await ReadAsync(
            await _intake.AcceptAsync("a", request, new FetchedPicture("b.png", [1]), default));
        SegmentationRequest staged = await ReadAsync(
            await _intake.AcceptAsync("a", request, new StagedPicture("b.png", content), default));

        Assert.Equal(("mine.png", "mine.png"), (held.Image!.Name, staged.Image!.Name));
    }

    [Fact]
    public async Task Accept_PictureGivenTwice_IsRefusedAndNotKept()
    {
        var request = new SegmentationRequest { Image = new ImageSource { Url = "https://example.com/a.png" } };
        await using IStagedArtefact content = await _store.StageAsync("images", new MemoryStream([1]), default);

        await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _intake.AcceptAsync("a", request, new StagedPicture("b.png", content), default));

        Assert.Null(await _store.FindAsync(ArtefactKey.Parse(content.Reference.Key), default));
    }

    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..\\b.png", "b.png")]
    [InlineData("a\nb.png", "a b.png")]
    [InlineData("folder/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Accept_NameOfAFile_KeepsItsLastPart(string? given, string? expected)
    {
        var request = new SegmentationRequest { Image = new ImageSource { Bytes = [1], Name = given } };

        Assert.Equal(expected, (await ReadAsync(await _intake.AcceptAsync("a", request, default))).Image!.Name);
    }

    [Fact]
    public async Task Accept_LongName_IsCutAtTwoHundredCharacters()
    {
        var request = new SegmentationRequest { Image = new ImageSource { Bytes = [1], Name = new string('a', 201) } };

        Assert.Equal(200, (await ReadAsync(await _intake.AcceptAsync("a", request, default))).Image!.Name!.Length);
    }

    // A caller who guesses a key could see another caller's picture.
    [Fact]
    public async Task Accept_KeyOfAStoredPicture_IsNotForCallers()
    {
        var image = new ImageSource
        {
            Artefact = await _store.PutAsync(ArtefactKey.Parse("images/a"), new byte[] { 1 }, default),
        };
        var request = new SegmentationRequest { Image = image };

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _intake.AcceptAsync("a", request, default));

        Assert.Equal("image.artefact", Assert.Single(refusal.Problems).Where);
    }

    [Fact]
    public async Task Accept_AddressAndCallback_StayInTheRequest()
    {
        var request = new SegmentationRequest
        {
            Image = new ImageSource { Url = "https://example.com/a.png" },
            Method = "car",
            Prompts = [new SegmentationPrompt { Text = "cat" }],
            Expansion = new ExpansionRequest(),
            Callback = "https://example.com/done",
        };

        SegmentationJob job = await _intake.AcceptAsync("a", request, default);

        Assert.Equal(("car", true, true), (job.Method, job.Expands, job.Notifies));
        Assert.Equal("https://example.com/a.png", (await ReadAsync(job)).Image!.Url);
        Assert.Matches("^requests/[0-9a-f]{64}.json$", job.Request.Key);
    }

    [Fact]
    public async Task Accept_WhatIsNotAnId_IsRefused()
    {
        var request = new SegmentationRequest { Image = new ImageSource { Bytes = [1] } };

        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _intake.AcceptAsync("../a", request, default));

        Assert.Equal("id", refusal.Problems[0].Where);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    private async Task<SegmentationRequest> ReadAsync(SegmentationJob job) =>
        RequestJsonContext.Read(await StoredContent.ReadAsync(_store, job.Request, default), "request");
}

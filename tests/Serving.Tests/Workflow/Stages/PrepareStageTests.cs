using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class PrepareStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData(null, "image")]
    public async Task Run_StoredPicture_IsDescribedAndNotStoredAgain(string? name, string expected)
    {
        ArtefactReference stored = await _bench.PutAsync(ServiceBench.Picture());

        PreparedPicture prepared = await RunAsync(new ImageSource { Artefact = stored, Name = name });

        Assert.Equal((expected, 40, 32, 1), (
            prepared.Description.Name,
            prepared.Description.Width,
            prepared.Description.Height,
            prepared.Description.Orientation));
        Assert.Equal(stored, prepared.Image);
        Assert.Equal($"images/{prepared.Description.Sha256}", stored.Key);
    }

    [Fact]
    public async Task Run_PictureUnderAnotherKey_IsStoredUnderItsHash()
    {
        byte[] picture = ServiceBench.Picture();
        ArtefactReference stored = await _bench.Store.PutAsync(ArtefactKey.Parse("images/upload"), picture, default);

        PreparedPicture prepared = await RunAsync(new ImageSource { Artefact = stored });

        Assert.Equal(ArtefactReference.Of(ArtefactKey.OfContent("images", picture, ""), picture), prepared.Image);
    }

    [Theory]
    [InlineData(null, "fetched.png")]
    [InlineData("mine.png", "mine.png")]
    public async Task Run_Address_IsFetchedAndStored(string? name, string expected)
    {
        _bench.Services = _bench.Services with { Fetcher = new Web() };

        PreparedPicture prepared = await RunAsync(new ImageSource { Url = "https://example.com/a.png", Name = name });

        Assert.Equal(expected, prepared.Description.Name);
        Assert.Equal(ServiceBench.Picture(), await StoredContent.ReadAsync(_bench.Store, prepared.Image, default));
    }

    [Fact]
    public async Task Run_AddressNobodyFetches_IsAProblem()
    {
        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => RunAsync(new ImageSource { Url = "https://example.com/a.png" }));

        Assert.Equal((ProblemKind.InvalidRequest, "image"), (refusal.Problems[0].Kind, refusal.Problems[0].Where));
    }

    // Orientations 5 to 8 turn a picture by a quarter.
    [Theory]
    [InlineData(1, 40, 32)]
    [InlineData(4, 40, 32)]
    [InlineData(5, 32, 40)]
    [InlineData(8, 32, 40)]
    public async Task Run_TurnedPicture_HasTheSizeItIsSeenIn(ushort orientation, int width, int height)
    {
        PreparedPicture prepared = await RunAsync(
            new ImageSource { Artefact = await _bench.PutAsync(Turned(orientation)) });

        Assert.Equal(
            (width, height, orientation),
            (prepared.Description.Width, prepared.Description.Height, prepared.Description.Orientation));
    }

    [Fact]
    public async Task Run_LimitsOfThePicture_AreKept()
    {
        ArtefactReference stored = await _bench.PutAsync(ServiceBench.Picture());

        _bench.Services = _bench.Services with { Limits = new ImageLimits { MaxPixels = 1_279 } };
        await Assert.ThrowsAsync<SegmentationProblemException>(() => RunAsync(new ImageSource { Artefact = stored }));
        _bench.Services = _bench.Services with { Limits = new ImageLimits { MaxBytes = stored.Length - 1 } };
        await Assert.ThrowsAsync<SegmentationProblemException>(() => RunAsync(new ImageSource { Artefact = stored }));
        _bench.Services = _bench.Services with
        {
            Limits = new ImageLimits { MaxPixels = 1_280, MaxBytes = stored.Length },
        };
        await RunAsync(new ImageSource { Artefact = stored });
    }

    // What an address gives may change from one segmentation to the next.
    [Fact]
    public void ReceiptKey_Segmentation_IsPartOfIt()
    {
        var stage = new PrepareStage(_bench.Services, _bench.Documents);
        SegmentationJob job = Job(new ArtefactReference("requests/r", 1));

        Assert.NotEqual(stage.ReceiptKey(job), stage.ReceiptKey(job with { Id = "b" }));
        Assert.NotEqual(
            stage.ReceiptKey(job), stage.ReceiptKey(job with { Request = new ArtefactReference("requests/s", 1) }));
    }

    private async Task<PreparedPicture> RunAsync(ImageSource image) =>
        await new PrepareStage(_bench.Services, _bench.Documents).RunAsync(
            Job(await _bench.PutAsync(new SegmentationRequest { Image = image })), StageBench.Progress, default);

    private static SegmentationJob Job(ArtefactReference request) =>
        new("a", request, "automask", Expands: false, Notifies: false);

    private static byte[] Turned(ushort orientation)
    {
        using var image = new Image<Rgb24>(40, 32);
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, orientation);
        using var content = new MemoryStream();
        image.SaveAsJpeg(content);
        return content.ToArray();
    }

    private sealed class Web : IPictureFetcher
    {
        public Task<FetchedPicture> FetchAsync(ImageSource source, CancellationToken cancellation) =>
            Task.FromResult(new FetchedPicture("fetched.png", ServiceBench.Picture()));
    }
}

using System.Text;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

public class ResultUploadTests
{
    private static readonly ResultSegment Segment = ResultSegment.Of(
        3,
        RunLengthEncoding.FromMask(new BinaryMask(1, 4, [1, 1, 0, 0])),
        0,
        "cat",
        null,
        0.5,
        true,
        SegmentSource.Proposal);

    private static readonly SegmentationResult Whole = new()
    {
        Image = new ResultImage("folder/a.png", 4, 1, "00", 1),
        Request = new ResultRequest("car", ["semantic"], "cat", "custom", new Dictionary<string, string>()),
        Models = [],
        Vocabulary = [new ResultCategory(0, "cat", ["cat"], true)],
        Segments = [Segment],
        Timings = [],
        Files = new ResultFiles("panoptic.png", null, null, "/etc/passwd"),
        Warnings = [],
    };

    [Theory]
    [InlineData("folder/a.png", "a.png")]
    [InlineData("..\\b.png", "b.png")]
    [InlineData("a\nb", "ab")]
    [InlineData("", "picture.png")]
    [InlineData("..", "picture.png")]
    public async Task Read_Result_NamesNoFilesAndLeadsNowhere(string name, string expected)
    {
        SegmentationResult read = await ReadAsync(Whole with { Image = Whole.Image with { Name = name } });

        Assert.Equal(expected, read.Image.Name);
        Assert.Equal(new ResultFiles(null, null, null, null), read.Files);
        Assert.Equal(2, Assert.Single(read.Segments).Area);
    }

    [Fact]
    public async Task Read_SegmentThatDoesNotFit_IsRefusedByItsNumber()
    {
        ResultSegment[] broken =
        [
            Segment with { Area = 3 },
            Segment with { Category = 1 },
            Segment with { Category = -1 },
            Segment with { Segmentation = Segment.Segmentation with { Size = [4, 1] } },
            Segment with { Segmentation = Segment.Segmentation with { Size = [1, 5] } },
            Segment with { Segmentation = Segment.Segmentation with { Size = [1] } },
            Segment with { Segmentation = Segment.Segmentation with { Counts = "~" } },
        ];

        foreach (ResultSegment segment in broken)
        {
            var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
                () => ReadAsync(Whole with { Segments = [Segment, segment] }));
            Assert.Equal(
                (ProblemKind.InvalidRequest, "segment 3"), (refusal.Problems[0].Kind, refusal.Problems[0].Where));
        }

        Assert.Null(
            (await ReadAsync(Whole with { Segments = [Segment with { Category = null }] })).Segments[0].Category);
    }

    [Fact]
    public async Task Read_DocumentThatLacksAPart_IsRefused()
    {
        SegmentationResult[] broken =
            [Whole with { Image = null! }, Whole with
            {
                Request = null!,
            }, Whole with { Vocabulary = null! }, Whole with { Segments = null! }, Whole with { Segments = [null!] }];

        foreach (SegmentationResult result in broken)
            await Assert.ThrowsAsync<SegmentationProblemException>(() => ReadAsync(result));
    }

    [Fact]
    public async Task Read_PictureAboveTheLimits_IsRefused()
    {
        await Assert.ThrowsAsync<SegmentationProblemException>(
            () => ReadAsync(Whole, limits: new ImageLimits { MaxPixels = 3 }));
        await ReadAsync(Whole, limits: new ImageLimits { MaxPixels = 4 });
    }

    [Fact]
    public async Task Read_BodyAboveItsLimit_IsTooLarge()
    {
        byte[] json = ResultJsonContext.Write(Whole);

        var refusal = await Assert.ThrowsAsync<ApiProblemException>(() => ReadAsync(json, json.Length - 1));

        Assert.Equal(413, refusal.StatusCode);
        await ReadAsync(json, json.Length);
    }

    [Theory]
    [InlineData("{", "it cannot be read")]
    [InlineData("null", "it cannot be read")]
    [InlineData("""{"segments":7}""", "it cannot be read at $.segments")]
    public async Task Read_TextThatIsNoResult_SaysWhere(string json, string found)
    {
        var refusal = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => ReadAsync(Encoding.UTF8.GetBytes(json), 1_000));

        Assert.Equal(("request", found), (refusal.Problems[0].Where, refusal.Problems[0].Found));
    }

    private static Task<SegmentationResult> ReadAsync(SegmentationResult result, ImageLimits? limits = null) =>
        ReadAsync(ResultJsonContext.Write(result), 1 << 20, limits);

    private static Task<SegmentationResult> ReadAsync(byte[] json, int maxBytes, ImageLimits? limits = null)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(json);
        return ResultUpload.ReadAsync(request, maxBytes, limits ?? ImageLimits.Default, default);
    }
}

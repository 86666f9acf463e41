using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Fusion;

public sealed class ProposalsTests
{
    private static readonly SegmentationOrder Order = new(Vocabulary.Parse("cat"), [SegmentationTask.Panoptic]);

    [Fact]
    public void Segment_OfTwoProposers_KeepsWhoFoundWhat()
    {
        using var method = new ProposalsMethod(
            [new Fixed("frozenseg", SegmentSource.Proposal), new Fixed("sam3", SegmentSource.Sam3)]);

        SegmentationOutcome outcome = method.Segment(new PixelImage(4, 4), Order, null, default);

        Assert.Equal(
            [(1, SegmentSource.Proposal), (2, SegmentSource.Sam3)],
            outcome.Segments.Select(segment => (segment.Id, segment.Source)));
        Assert.Equal(["frozenseg.alpha", "sam3.alpha"], outcome.Settings.Keys.Order());
        Assert.Equal("proposals", method.Name);
    }

    [Fact]
    public void Fused_TakesTheProposerThatWasChosen()
    {
        using var folder = new TemporaryFolder();
        using var library = new ModelLibrary(
            new ModelSelection { Sam3 = TinySam3.Write(folder.Root) }, TinySam.Sessions);
        using ISegmentationMethod method = MethodFactory.Create("fused", library, new Dictionary<string, string>
        {
            ["fused.proposals"] = "sam3",
            ["fused.keep_score"] = "0",
            ["fused.visible_share"] = "0",
            ["sam3.score_threshold"] = "0",
            ["sam3.presence_threshold"] = "0",
            ["automask.points_per_side"] = "2",
        });

        SegmentationOutcome outcome = method.Segment(TestPicture.Make(64, 64), Order, null, default);

        Assert.Contains(outcome.Segments, segment => segment.Source is SegmentSource.Sam3);
        Assert.Equal("sam3", outcome.Settings["fused.proposals"]);
        Assert.Equal("0", outcome.Settings["sam3.score_threshold"]);
        Assert.DoesNotContain(outcome.Models, model => model.Role == "frozenseg");
    }

    private sealed class Fixed(string name, SegmentSource source) : ISegmentationMethod
    {
        public string Name => name;

        public SegmentationOutcome Segment(
            PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation) =>
            new()
            {
                Segments = [ResultSegment.Of(1, new RunLengthEncoding(4, 4, [0, 16]), 0, "cat", null, 1, true, source)],
                Models = [],
                Settings = new Dictionary<string, string> { ["alpha"] = "1" },
                Timings = [],
            };

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}

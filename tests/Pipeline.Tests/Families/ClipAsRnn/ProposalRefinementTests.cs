using FrozenSeg.Pipeline.Families.ClipAsRnn.Refinement;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn;

public sealed class ProposalRefinementTests
{
    private const int Side = 24, Edge = 10;

    [Fact]
    public void Compete_BlurryProposal_FollowsTheEdgeOfColour()
    {
        LabelMap labels = new ProposalRefinement(TwoHalves()).Compete(Ramp(), 1);

        Assert.Equal(1, labels[12, Edge - 1]);
        Assert.Equal(0, labels[12, Edge]);
    }

    [Fact]
    public void Separate_ProposalsThatOverlap_KeepBoth()
    {
        float[] twice = [.. Ramp(), .. Ramp()];

        BinaryMask[] masks = new ProposalRefinement(TwoHalves()).Separate(twice, 2);

        Assert.True(masks[0][12, 2]);
        Assert.Equal(masks[0].Pixels, masks[1].Pixels);
    }

    [Fact]
    public void Compete_NothingProposed_IsAllBackground() =>
        Assert.Equal(
            new int[Side * Side], new ProposalRefinement(TwoHalves()).Compete(new float[2 * Side * Side], 2).Labels);

    private static PixelImage TwoHalves()
    {
        var image = new PixelImage(Side, Side);
        for (int y = 0; y < Side; y++)
            image.Row(y)[..(Edge * PixelImage.Channels)].Fill(200);
        return image;
    }

    // Falls from left to right and passes one half three pixels beyond the edge.
    private static float[] Ramp() =>
        [.. Enumerable.Range(0, Side * Side).Select(i => Math.Clamp(0.5f + ((Edge + 3 - (i % Side)) * 0.06f), 0, 1))];
}

using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn;

public sealed class VisualPrompterTests
{
    private static readonly PixelImage Image = TestPicture.Make(40, 50);

    [Fact]
    public void Prompt_EmptyMask_IsThePictureItself() =>
        Assert.Same(Image, new VisualPrompter(Image, VisualPrompt.Circle).Prompt(new BinaryMask(40, 50)));

    [Fact]
    public void Prompt_ProposalThatSumsToOne_IsThePictureItself()
    {
        var proposal = new float[40 * 50];
        proposal[700] = 1;

        Assert.Same(Image, new VisualPrompter(Image, VisualPrompt.BackgroundMask).Prompt(proposal, 0.5f));
    }

    [Fact]
    public void Prompt_PixelAtTheThreshold_IsOutside()
    {
        var proposal = new float[40 * 50];
        proposal.AsSpan(0, 10).Fill(0.5f);
        proposal[20] = 0.6f;

        PixelImage prompted = new VisualPrompter(Image, VisualPrompt.BackgroundMask).Prompt(proposal, 0.5f);

        Assert.Equal((byte)0, prompted.Pixel(3, 0)[0]);
        Assert.Equal(Image.Pixel(20, 0), prompted.Pixel(20, 0));
    }

    [Fact]
    public void Prompt_BlurAndMask_KeepTheInside()
    {
        BinaryMask mask = Square(10, 12, 20);

        PixelImage prompted = new VisualPrompter(Image, VisualPromptNames.Parse("blur,gray")).Prompt(mask);

        Assert.Equal(Image.Pixel(15, 15), prompted.Pixel(15, 15));
        Span<byte> outside = prompted.Pixel(1, 1);
        Assert.Equal(outside[0], outside[2]);
    }

    [Fact]
    public void Prompt_LeavesThePictureAlone()
    {
        byte[] before = Image.Pixels.ToArray();

        new VisualPrompter(Image, (VisualPrompt)63).Prompt(Square(0, 0, 40));

        Assert.Equal(before, Image.Pixels);
    }

    [Fact]
    public void Prompt_MaskOfAnotherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => new VisualPrompter(Image, VisualPrompt.Circle).Prompt(new BinaryMask(50, 40)));

    [Fact]
    public void Blur_PictureOfOnePixel_IsThatPixel()
    {
        var dot = new PixelImage(1, 1, [10, 20, 30]);

        Assert.Equal(dot.Pixels, GaussianBlur.Apply(dot).Pixels);
    }

    [Theory]
    [InlineData("circle, blur", VisualPrompt.Circle | VisualPrompt.BackgroundBlur)]
    [InlineData("gray+Contour", VisualPrompt.BackgroundGray | VisualPrompt.Contour)]
    [InlineData("mask", VisualPrompt.BackgroundMask)]
    [InlineData("none", VisualPrompt.None)]
    public void Names_AreReadInAnyOrder(string text, VisualPrompt expected)
    {
        Assert.Equal(expected, VisualPromptNames.Parse(text));
        Assert.Equal(expected, VisualPromptNames.Parse(VisualPromptNames.Format(expected)));
    }

    [Theory]
    [InlineData("square")]
    [InlineData(" , ")]
    public void Names_Unknown_AreListed(string text)
    {
        var problem = Assert.Throws<SegmentationProblemException>(() => VisualPromptNames.Parse(text));

        Assert.Contains("rectangle", problem.Message, StringComparison.Ordinal);
    }

    private static BinaryMask Square(int top, int left, int side)
    {
        var mask = new BinaryMask(40, 50);
        for (int y = top; y < top + side; y++)
            mask.Row(y).Slice(left, side).Fill(1);
        return mask;
    }
}

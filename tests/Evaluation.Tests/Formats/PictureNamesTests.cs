using FrozenSeg.Evaluation.Formats;

namespace FrozenSeg.Evaluation.Tests.Formats;

public class PictureNamesTests
{
    [Theory]
    [InlineData("a.png", "a")]
    [InlineData("folder/a.b.png", "a.b")]
    [InlineData("aachen_0_gtFine_labelTrainIds.png", "aachen_0")]
    [InlineData("aachen_0_gtFine_labelIds.png", "aachen_0")]
    [InlineData("aachen_0_gtFine_leftImg8bit.png", "aachen_0")]
    [InlineData("aachen_0_gtFine_panoptic.png", "aachen_0")]
    [InlineData("aachen_0_leftImg8bit.png", "aachen_0")]
    [InlineData("000042_instanceTrainIds.png", "000042")]
    [InlineData("7d06fefd_train_id.png", "7d06fefd")]
    [InlineData("a_GTFINE_panoptic.png", "a_GTFINE_panoptic")]
    public void Of_File_IsWhatItsPictureIsCalled(string file, string expected)
    {
        Assert.Equal(expected, PictureNames.Of(file));
    }
}

using FrozenSeg.Cli.LabelStudio;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.EndToEnd.Tests.LabelStudio;

public class LabelConfigTests
{
    [Fact]
    public void Read_Interface_FindsThePictureItsControlBelongsTo()
    {
        LabelConfig config = LabelConfig.Read("""
            <View>
              <Image name="other" value="$thumb"/><Image name="image" value="$photo"/>
              <Header value="Paint"/>
              <BrushLabels name="tag" toName="image"><Label value="cat" background="#f00"/><Label/><Label value="dog"/></BrushLabels>
            </View>
            """);

        Assert.Equal(
            ("tag", "image", "photo", true), (config.FromName, config.ToName, config.ImageField, config.IsBrush));
        Assert.Equal(["cat", "dog"], config.Labels);
    }

    [Fact]
    public void Read_BothControls_TakesTheBrush()
    {
        const string Polygons = """<PolygonLabels name="p" toName="i"/>""";

        Assert.True(LabelConfig.Read(
            $"""<View><Image name="i"/>{Polygons}<BrushLabels name="b" toName="i"/></View>""").IsBrush);
        LabelConfig alone = LabelConfig.Read($"""<View><Image name="i"/>{Polygons}</View>""");
        Assert.Equal((false, "p", ""), (alone.IsBrush, alone.FromName, alone.ImageField));
    }

    [Theory]
    [InlineData(null, "it cannot be read as XML")]
    [InlineData("<View>", "it cannot be read as XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><View>&b;</View>", "it cannot be read as XML")]
    [InlineData("<View><Image name=\"i\"/><RectangleLabels/></View>", "it has neither BrushLabels nor PolygonLabels")]
    [InlineData("<View><Image name=\"i\"/><BrushLabels toName=\"j\"/></View>", "there is no Image named 'j'")]
    public void Read_InterfaceItCannotServe_SaysWhatIsMissing(string? xml, string found)
    {
        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => LabelConfig.Read(xml)).Problems);

        Assert.Equal(("label_config", found), (problem.Where, problem.Found));
    }
}

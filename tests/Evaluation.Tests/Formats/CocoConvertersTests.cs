using System.Text;
using System.Text.Json;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Formats.References;

namespace FrozenSeg.Evaluation.Tests.Formats;

/// <summary>The spellings that Python's tools take for the same, and the ones that are refused with a reason.</summary>
public class CocoConvertersTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("-7", -7)]
    [InlineData("7.0", 7)]
    [InlineData("7e2", 700)]
    [InlineData("\"7\"", 7)]
    [InlineData("\"-7\"", -7)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    public void Read_WholeNumber_IsTakenHoweverItIsWritten(string written, int expected)
    {
        Assert.Equal(expected, Annotation($$"""{"category_id":{{written}}}""").CategoryId);
    }

    [Theory]
    [InlineData("7.5", "7.5")]
    [InlineData("1e30", "1E+30")]
    [InlineData("2147483648", "2147483648")]
    [InlineData("-2147483649", "-2147483649")]
    [InlineData("\"7.0\"", "'7.0'")]
    [InlineData("\" 7\"", "' 7'")]
    [InlineData("true", "true or false")]
    [InlineData("[7]", "a list")]
    public void Read_NumberThatIsNotWhole_IsRefusedByWhatWasFound(string written, string found)
    {
        Assert.StartsWith(
            $"a whole number is expected there, and {found} was found",
            Reason($$"""{"category_id":{{written}}}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("\"1\"", 1)]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    [InlineData("null", null)]
    public void Read_Flag_IsANumberOrATruth(string written, int? expected)
    {
        Assert.Equal(expected, Annotation($$"""{"iscrowd":{{written}}}""").Iscrowd);
    }

    [Fact]
    public void Read_FlagThatIsNone_IsRefused()
    {
        Assert.StartsWith(
            "0 or 1 is expected there, and an object was found",
            Reason("""{"iscrowd":{}}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("\"aachen_000000\"", "aachen_000000")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("7.5", "7.5")]
    public void Read_Key_IsANumberOrText(string written, string expected)
    {
        Assert.Equal(
            [expected, expected, "8"],
            Annotations($$"""[{"image_id":{{written}}},{"image_id":{{written}}},{"image_id":8}]""")
                .Select(read => read.ImageId));
    }

    [Fact]
    public void Read_KeyThatIsNone_IsRefused()
    {
        Assert.StartsWith("an id is a number or a string", Reason("""{"image_id":true}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Annotation_GivesKeysBackAsTheyWere()
    {
        string json = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(
            [new CocoAnnotation { ImageId = "7", Iscrowd = 1, CategoryId = 3 }, new CocoAnnotation { ImageId = "a" }],
            CocoJsonContext.Default.CocoAnnotationArray));

        CocoAnnotation[] read = Annotations(json);
        Assert.Contains("\"image_id\":7,", json, StringComparison.Ordinal);
        Assert.Contains("\"image_id\":\"a\"", json, StringComparison.Ordinal);
        Assert.Equal((1, 3), (read[0].Iscrowd, read[0].CategoryId));
    }

    [Theory]
    [InlineData("7", new long[] { 7 })]
    [InlineData("[7,\"8\",9.0]", new long[] { 7, 8, 9 })]
    [InlineData("[]", new long[0])]
    public void Read_AnnotationIds_AreOneOrAList(string written, long[] expected)
    {
        Assert.Equal(expected, Entry($$"""[{"ann_id":{{written}}}]""").AnnId);
    }

    [Fact]
    public void Read_AnnotationIdsThatAreNone_AreRefused()
    {
        Assert.Throws<JsonException>(() => Entry("""[{"ann_id":"7"}]"""));
        Assert.Throws<JsonException>(() => Entry("""[{"ann_id":[[7]]}]"""));
    }

    [Fact]
    public void Read_Segmentation_ComesInThreeForms()
    {
        CocoSegmentation[] read = [.. Annotations("""
            [{"segmentation":[[0,0,2,0,2.5,2],[]]},
             {"segmentation":{"counts":[0,4,4],"size":[2,4],"other":{"size":1}}},
             {"segmentation":{"size":[2,4],"counts":"04"}},
             {"segmentation":{"size":[2,5],"counts":"05"}},
             {"segmentation":{"size":[3,5],"counts":"06"}}]
            """).Select(annotation => annotation.Segmentation!)];

        Assert.Equal([[0, 0, 2, 0, 2.5, 2], []], read[0].Polygons!);
        Assert.Equal((null, null, null), (read[0].Size, read[0].Counts, read[0].Compressed));
        Assert.Equal([0, 4, 4], read[1].Counts!);
        Assert.Equal(["04", "05", "06"], read.Skip(2).Select(segmentation => segmentation.Compressed));
        Assert.Equal([[2, 4], [2, 4], [2, 5], [3, 5]], read.Skip(1).Select(segmentation => segmentation.Size!));
    }

    [Theory]
    [InlineData("7", "a segmentation is a list of polygons or an object with size and counts")]
    [InlineData("[7]", "a polygon is a list of numbers, and a number was found")]
    [InlineData("[[\"7\"]]", "a polygon is a list of numbers, and text was found in it")]
    [InlineData("[[1,2,3]]", "a polygon has as many x as y")]
    [InlineData("{\"size\":[2,4]}", "run lengths need size and counts")]
    [InlineData("{\"counts\":[8]}", "run lengths need size and counts")]
    [InlineData("{\"size\":8,\"counts\":[8]}", "a list of whole numbers is expected there, and a number was found")]
    [InlineData("{\"size\":[2,4],\"counts\":null}", "a list of whole numbers is expected there, and null was found")]
    public void Read_SegmentationThatIsNone_SaysWhatItShouldBe(string written, string reason)
    {
        Assert.StartsWith(reason, Reason($$"""{"segmentation":{{written}}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[[0,0,2,0,2.5,2],[1,1]]""")]
    [InlineData("""{"size":[2,4],"counts":"04"}""")]
    public void Write_Segmentation_IsReadAsTheSame(string written)
    {
        CocoAnnotation[] read = Annotations($$"""[{"segmentation":{{written}}}]""");

        string json = JsonSerializer.Serialize(read, CocoJsonContext.Default.CocoAnnotationArray);

        Assert.Contains($"\"segmentation\":{written}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void ToMask_RunsOfAnotherSize_NameBoth()
    {
        var runs = new CocoSegmentation(null, [2, 4], [0, 4, 4], null);

        Assert.Equal(4, runs.ToMask(2, 4).Area);
        Assert.Contains(
            "2×4, and the picture 4×2",
            Assert.Throws<FormatException>(() => runs.ToMask(4, 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => runs.ToMask(2, 5));
        Assert.Throws<FormatException>(() => (runs with { Size = null }).ToMask(2, 4));
    }

    [Theory]
    [InlineData("a.jpg", "http://x/b.jpg", "3", "a.jpg")]
    [InlineData(null, "http://x/b.jpg", "3", "b.jpg")]
    [InlineData(null, null, "3", "3")]
    [InlineData(null, null, null, "")]
    public void Name_OfAPicture_IsItsFileOrAddressOrId(string? file, string? address, string? id, string expected)
    {
        Assert.Equal(expected, new CocoImage { FileName = file, CocoUrl = address, Id = id }.Name);
    }

    private static CocoAnnotation[] Annotations(string json) =>
        JsonSerializer.Deserialize(json, CocoJsonContext.Default.CocoAnnotationArray)!;

    private static CocoAnnotation Annotation(string json) => Assert.Single(Annotations($"[{json}]"));

    private static string Reason(string json) => Assert.Throws<JsonException>(() => Annotation(json)).Message;

    private static ReferringEntry Entry(string json) =>
        Assert.Single(JsonSerializer.Deserialize(json, CocoJsonContext.Default.ReferringEntryArray)!);
}

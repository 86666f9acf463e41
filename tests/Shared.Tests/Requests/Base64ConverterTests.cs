using System.Text;
using System.Text.Json;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Shared.Tests.Requests;

public sealed class Base64ConverterTests
{
    private const string Blanks = @" \n \r\n \t";

    [Fact]
    public void Read_OfAnyLength_IsWhatWasWritten()
    {
        for (int length = 0; length < 70; length++)
        {
            byte[] content = Content(length);
            string text = Convert.ToBase64String(content);

            Assert.Equal(content, Read(text));
            Assert.Equal(content, Read(string.Join(' ', text.Chunk(3).Select(part => new string(part)))));
            Assert.Equal(content, Read($"{Blanks}{text}{Blanks}"));
            Assert.Equal(content, Read(text.Replace("/", @"\/", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AA=")]
    [InlineData("AA==AA==")]
    [InlineData("AA-_")]
    [InlineData("====")]
    public void Read_OfWhatIsNotBase64_IsRefusedAsTheReaderRefusesIt(string text)
    {
        Assert.Throws<SegmentationProblemException>(() => Read(text));
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<byte[]>($"\"{text}\""));
    }

    [Fact]
    public void Read_OfALargeFile_TakesTheMemoryOfTheFile()
    {
        const int Length = 20_000_000;
        byte[] json = Json(Convert.ToBase64String(Content(Length)));
        long before = GC.GetAllocatedBytesForCurrentThread();

        SegmentationRequest request = RequestJsonContext.Read(json, "request");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Length, Length + 100_000);
        Assert.Equal(Length, request.Image!.Bytes!.Length);
    }

    private static byte[] Read(string text) => RequestJsonContext.Read(Json(text), "request").Image!.Bytes!;

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes($$$"""{"image":{"bytes":"{{{text}}}"}}""");

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }
}

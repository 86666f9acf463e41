using FrozenSeg.Functions.Triggers;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Tests.Triggers;

public sealed class QueueMessageTests
{
    [Fact]
    public void Read_PlainRequest_HasTheIdOfItsText()
    {
        const string text = """{"image":{"blob":{"container":"uploads","name":"a.png"}}}""";

        QueueMessage message = QueueMessage.Read(text);

        Assert.Equal(QueueMessage.IdOf(text), message.Id);
        Assert.Equal("a.png", message.Request!.Image!.Blob!.Name);
    }

    [Fact]
    public void Read_Envelope_HasItsOwnId()
    {
        QueueMessage message = QueueMessage.Read("""{"id":"mine","request":{"method":"automask"}}""");

        Assert.Equal(("mine", "automask"), (message.Id, message.Request!.Method));
    }

    [Fact]
    public void Read_Manifest_HasNoRequest()
    {
        QueueMessage message = QueueMessage.Read("""{"id":"mine","manifest":"a.jsonl"}""");

        Assert.Equal(("mine", null, "a.jsonl"), (message.Id, message.Request, message.Manifest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"id":"../x","request":{}}""")]
    [InlineData("""{"manifest":7}""")]
    [InlineData("""{"request":{"imagine":1}}""")]
    [InlineData("""{"request":7}""")]
    [InlineData("""{"id":"a","id":"b","request":{}}""")]
    public void Read_Nonsense_IsAProblem(string text)
    {
        Assert.Throws<SegmentationProblemException>(() => QueueMessage.Read(text));
    }

    [Theory]
    [InlineData("""{"id":"mine","request":{"imagine":1}}""", "mine")]
    [InlineData("""{"id":"mine","manifest":7}""", "mine")]
    [InlineData("""{"id":"../x","request":{}}""", null)]
    [InlineData("""{"id":7}""", null)]
    [InlineData("nonsense", null)]
    public void IdOf_WrongMessage_IsItsOwnIfThereIsOne(string text, string? own)
    {
        Assert.Equal(own ?? SegmentationIds.Of('q', text), QueueMessage.IdOf(text));
    }

    [Theory]
    [InlineData("""{"id":"mine"}""", """{"id":"mine"}""")]
    [InlineData("eyJpZCI6Im1pbmUifQ==", """{"id":"mine"}""")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("", "")]
    public void MessageText_AnyEncoding_IsTheText(string message, string text)
    {
        Assert.Equal(text, MessageText.Read(message));
    }

    [Fact]
    public void Read_ManifestWithLongId_IsAProblem()
    {
        Assert.Throws<SegmentationProblemException>(
            () => QueueMessage.Read($$"""{"id":"{{new string('a', 81)}}","manifest":"a.jsonl"}"""));
    }

    [Fact]
    public void Of_OtherParts_GivesAnotherSafeId()
    {
        string one = SegmentationIds.Of('u', "a", "bc"), other = SegmentationIds.Of('u', "ab", "c");

        Assert.NotEqual(one, other);
        Assert.Equal(one, SegmentationIds.Of('u', "a", "bc"));
        Assert.True(Serving.Workflow.Documents.SegmentationId.IsValid(one));
    }
}

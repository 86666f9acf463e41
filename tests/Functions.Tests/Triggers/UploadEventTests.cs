using FrozenSeg.Functions.Triggers;

namespace FrozenSeg.Functions.Tests.Triggers;

public sealed class UploadEventTests
{
    [Fact]
    public void NameOf_Upload_IsUnescaped()
    {
        Assert.Equal(
            "trips/a b.jpg",
            UploadEvent.NameOf("""{"data":{"url":"https://account.blob.core.windows.net/uploads/trips/a%20b.jpg"}}"""));
    }

    [Theory]
    [InlineData("""{"data":{"url":"https://account.blob.core.windows.net/results/a.jpg"}}""")]
    [InlineData("""{"data":{"url":"https://account.blob.core.windows.net/uploads"}}""")]
    [InlineData("""{"data":{"url":"uploads/a.jpg"}}""")]
    [InlineData("""{"data":{"url":7}}""")]
    [InlineData("""{"data":7}""")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public void NameOf_AnythingElse_IsNothing(string text)
    {
        Assert.Null(UploadEvent.NameOf(text));
    }
}

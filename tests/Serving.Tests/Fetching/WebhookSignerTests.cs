using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Tests.Fetching;

public sealed class WebhookSignerTests
{
    // The example that the specification's reference libraries test themselves with.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        Other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly TimeProvider Then = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1614265330));

    [Fact]
    public void Sign_SpecificationsExample_GivesItsSignature()
    {
        using var request = new HttpRequestMessage();

        new WebhookSigner([Secret], Then).Sign(request, Id, """{"test": 2432232314}"""u8);

        Assert.Equal(
            (Id, "1614265330", Signature),
            (Header(request, "id"), Header(request, "timestamp"), Header(request, "signature")));
    }

    [Fact]
    public void Sign_TwoSecrets_SignsWithBoth()
    {
        using var request = new HttpRequestMessage();

        new WebhookSigner([Other, Secret], Then).Sign(request, Id, """{"test": 2432232314}"""u8);

        string[] signatures = Header(request, "signature").Split(' ');
        Assert.Equal(2, signatures.Length);
        Assert.Equal(Signature, signatures[1]);
    }

    [Fact]
    public void Sign_NoSecrets_AddsNothing()
    {
        using var request = new HttpRequestMessage();

        new WebhookSigner([], Then).Sign(request, Id, "{}"u8);

        Assert.Empty(request.Headers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_AAAA")]
    [InlineData("whsec_not base64")]
    public void Secret_ThatIsNotOne_IsRefusedWithoutShowingIt(string secret)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => new WebhookSigner([secret], Then));

        Assert.StartsWith("callback secret: it is not a secret", failure.Message, StringComparison.Ordinal);
    }

    private static string Header(HttpRequestMessage request, string name) =>
        request.Headers.GetValues($"webhook-{name}").Single();

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

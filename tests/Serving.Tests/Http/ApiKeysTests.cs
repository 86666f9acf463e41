using System.Text;
using FrozenSeg.Serving.Http.Callers;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

public class ApiKeysTests
{
    [Theory]
    [InlineData("x-api-key", "secret", true)]
    [InlineData("x-api-key", "other", true)]
    [InlineData("x-api-key", "Secret", false)]
    [InlineData("x-api-key", "", false)]
    [InlineData("Authorization", "Bearer secret", true)]
    [InlineData("Authorization", "bearer  secret ", true)]
    [InlineData("Authorization", "secret", false)]
    [InlineData("Authorization", "Basic !", false)]
    public void Allows_Header_NeedsAKnownKey(string header, string value, bool isAllowed)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers[header] = value;

        Assert.Equal(isAllowed, new ApiKeys(["secret", "other"]).Allows(request));
    }

    // Whatever the user is called; a password may hold colons.
    [Theory]
    [InlineData("user:secret", "secret")]
    [InlineData(":se:cret", "se:cret")]
    [InlineData("secret", null)]
    public void Given_UserAndPassword_IsThePassword(string pair, string? expected)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

        Assert.Equal(expected, ApiKeys.Given(request));
    }

    [Fact]
    public void Given_SeveralPlaces_AreAskedInOrder()
    {
        HttpRequest request = new DefaultHttpContext().Request;
        Assert.Null(ApiKeys.Given(request));
        request.QueryString = new QueryString("?key=query");
        Assert.Equal("query", ApiKeys.Given(request));
        request.Headers.Authorization = "Bearer bearer";
        Assert.Equal("bearer", ApiKeys.Given(request));
        request.Headers["x-api-key"] = "header";
        Assert.Equal("header", ApiKeys.Given(request));
    }

    [Fact]
    public void Allows_NoKeys_LetsEverybodyIn()
    {
        HttpRequest request = new DefaultHttpContext().Request;

        Assert.True(new ApiKeys([]).Allows(request));
        Assert.False(new ApiKeys(["secret"]).Allows(request));
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Carries requests and answers from one connection to another.</summary>
internal static class Relay
{
    /// <summary>A client that changes nothing on the way.</summary>
    public static HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = TimeSpan.FromMinutes(4),
        };

    /// <summary>The request as it came, to another address.</summary>
    public static HttpRequestMessage Readdress(HttpRequest incoming, Uri target)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(incoming.Method), target);
        if (incoming.ContentLength > 0 || incoming.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(incoming.Body);
        else if (incoming.ContentLength is 0)
            request.Content = new ByteArrayContent([]);
        foreach ((string name, StringValues values) in incoming.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }

    /// <summary>Gives an answer on as it came.</summary>
    public static async Task AnswerAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

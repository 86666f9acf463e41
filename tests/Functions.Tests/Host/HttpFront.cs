using FrozenSeg.Functions.Tests.Host.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>
/// The host's public face: checks the key, finds the function of a request, and passes both on to a worker.
/// </summary>
/// <param name="workers">The workers that are up.</param>
/// <param name="hub">Where the task hub listens.</param>
internal sealed class HttpFront(Func<IEnumerable<WorkerChannel>> workers, Func<Uri> hub)
{
    /// <summary>The function key that this host accepts.</summary>
    public const string Key = "a-function-key";

    // The host's own limit, which it sets on every request.
    private const long MaxRequestBodySize = 104_857_600;

    private static readonly HttpClient Client = Relay.CreateClient();

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxRequestBodySize;
        if (Find(context.Request) is not (WorkerChannel worker, WorkerFunction function))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        bool isOpen = string.Equals(function.TriggerText("authLevel"), "anonymous", StringComparison.OrdinalIgnoreCase);
        if (!isOpen && context.Request.Headers["x-functions-key"] != Key && context.Request.Query["code"] != Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await PassOnAsync(context, worker, function);
    }

    private async Task PassOnAsync(HttpContext context, WorkerChannel worker, WorkerFunction function)
    {
        string target = context.Request.Path + context.Request.QueryString;
        InvocationRequest invocation = Invocations.Http(function, context.Request.Method, target)
            .WithDurableClient(function, hub());
        Task invoking = worker.InvokeAsync(invocation, context.RequestAborted);
        using HttpRequestMessage request = Relay.Readdress(context.Request, new Uri(worker.HttpAddress!, target));
        request.Headers.Add("x-ms-invocation-id", invocation.InvocationId);
        Task<HttpResponseMessage> answering = Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (await Task.WhenAny(invoking, answering) == invoking)
            await invoking; // A function that cannot be called at all never answers.
        using HttpResponseMessage response = await answering;
        await Relay.AnswerAsync(response, context);
        await invoking;
    }

    private (WorkerChannel, WorkerFunction)? Find(HttpRequest request)
    {
        foreach (WorkerChannel worker in workers())
        {
            foreach (WorkerFunction function in
                worker.Functions.Values.Where(function => function.TriggerType == "httpTrigger"))
            {
                var matcher = new TemplateMatcher(
                    TemplateParser.Parse(function.TriggerText("route") ?? function.Name), []);
                bool takesMethod = function.Trigger.GetProperty("methods").EnumerateArray()
                    .Any(method => HttpMethods.Equals(method.GetString()!.ToUpperInvariant(), request.Method));
                var values = new RouteValueDictionary();
                if (takesMethod && matcher.TryMatch(request.Path, values) && IsAllowed(matcher.Template, values))
                    return (worker, function);
            }
        }

        return null;
    }

    // The one constraint that routes of the app have: a parameter that must be empty, for the root.
    private static bool IsAllowed(RouteTemplate template, RouteValueDictionary values) =>
        template.Parameters.All(parameter =>
            parameter.InlineConstraints.All(constraint => constraint.Constraint != "maxlength(0)")
                || values[parameter.Name!] is null or "");
}

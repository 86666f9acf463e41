using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Requests;

/// <summary>Everything wrong with a request, all at once. Safe for many callers.</summary>
/// <param name="rules">What the service accepts.</param>
internal sealed class RequestValidator(RequestRules rules)
{
    /// <summary>Fills in the defaults and checks the request.</summary>
    /// <returns>The request with its method and tasks named.</returns>
    /// <exception cref="SegmentationProblemException">Something is wrong; everything that is.</exception>
    public SegmentationRequest Check(SegmentationRequest request)
    {
        SegmentationProblem[] problems = [.. Problems(request)];
        if (problems.Length > 0)
            throw new SegmentationProblemException(problems);
        MethodCapabilities method = Find(request)!;
        return request with
        {
            Method = method.Name,
            Tasks = request.Tasks is { Count: > 0 } tasks ? [.. tasks.Distinct()] : [method.Tasks[0]],
        };
    }

    /// <summary>Everything wrong with a request; nothing when it can be accepted.</summary>
    public IEnumerable<SegmentationProblem> Problems(SegmentationRequest request) =>
    [
        .. ImageProblems(request.Image),
        .. MethodProblems(request),
        .. PromptRules.Problems(request.Prompts ?? [], rules),
        .. WordProblems(request),
        .. OutputProblems(request),
        .. CallbackProblems(request.Callback),
    ];

    private MethodCapabilities? Find(SegmentationRequest request) =>
        request.Method is string name
            ? rules.Methods.FirstOrDefault(method => method.Name == name)
            : DefaultMethod.Find([.. rules.Ready, .. rules.Methods], HasWords(request), request.Tasks ?? []);

    private static bool HasWords(SegmentationRequest request) =>
        request.Prompts is { Count: > 0 } || request.Vocabulary is not null;

    private IEnumerable<SegmentationProblem> ImageProblems(ImageSource? image)
    {
        object?[] sources = image is null ? [] : [image.Bytes, image.Blob, image.Url, image.Artefact];
        int given = sources.Count(source => source is not null);
        if (given == 0)
            yield return new("image", "there is no picture", "Send its bytes, name a blob, or give a URL");
        if (given > 1)
            yield return new("image", "it is given in more than one way", "Give bytes, a blob or a URL");
        if (image?.Bytes is { Length: 0 } || image?.Artefact is { Length: 0 })
            yield return new("image", "the picture is empty", "Send the whole file");
        if (image?.Blob is BlobAddress blob)
        {
            if (!rules.AllowsBlobs)
                yield return new("image.blob", "this service reads no blobs", "Send the picture itself");
            else if (!IsPlainPath(blob.Container)
                || blob.Container.Contains('/', StringComparison.Ordinal)
                || !IsPlainPath(blob.Name))
                yield return new("image.blob", "it does not name a blob", "Give container and name, without '..'");
        }

        if (image?.Url is string url)
        {
            foreach (SegmentationProblem problem in AddressProblems(
                "image.url", url, rules.AllowsUrls, "this service fetches no pictures"))
                yield return problem;
        }
    }

    private IEnumerable<SegmentationProblem> MethodProblems(SegmentationRequest request)
    {
        MethodCapabilities? method = Find(request);
        if (method is null)
        {
            yield return new(
                "method",
                $"there is no method '{Shorten(request.Method!)}'",
                $"Use one of {string.Join(", ", rules.Methods.Select(known => known.Name))}");
            yield break;
        }

        foreach (SegmentationTask unknown in (request.Tasks ?? []).Where(task => !Enum.IsDefined(task)).Distinct())
            yield return new(
                "tasks",
                $"there is no task {(int)unknown}",
                $"Ask for {string.Join(" or ", method.Tasks.Select(Name))}");
        foreach (SegmentationTask task in (request.Tasks ?? []).Where(Enum.IsDefined).Except(method.Tasks))
        {
            yield return new(
                "tasks",
                $"{method.Name} does not answer {Name(task)}",
                $"Ask for {string.Join(" or ", method.Tasks.Select(Name))}, or use another method");
        }

        if (request.Settings is { } settings)
        {
            if (settings.Count > rules.MaxSettings)
                yield return new(
                    "settings",
                    $"there are {settings.Count:N0} of them; {rules.MaxSettings} are allowed",
                    "Leave some out");
            foreach ((string setting, string? value) in settings)
            {
                if (value is null)
                    yield return new($"settings.{Shorten(setting)}", "it is null", "Leave it out");
            }

            if (settings.Values.Any(value => value is null))
                yield break;
            foreach (SegmentationProblem problem in rules.SettingProblems(method.Name, settings).Take(
                rules.MaxSettings))
                yield return problem;
        }
    }

    private IEnumerable<SegmentationProblem> WordProblems(SegmentationRequest request)
    {
        bool hasPrompts = request.Prompts is { Count: > 0 };
        if (hasPrompts && request.Vocabulary is not null)
            yield return new("vocabulary", "prompts are given too", "Give prompts or a vocabulary");
        if (request.Vocabulary is string name && !rules.Vocabularies.Contains(name))
        {
            string known = rules.Vocabularies.Count == 0
                ? "Give prompts"
                : $"Use one of {string.Join(", ", rules.Vocabularies)}";
            yield return new("vocabulary", $"there is no vocabulary '{Shorten(name)}'", known);
        }

        if (Find(request) is MethodCapabilities method && method.NeedsWords != HasWords(request))
        {
            yield return method.NeedsWords
                ? new SegmentationProblem(
                    "prompts", $"{method.Name} needs to know what to look for", "Give prompts or a vocabulary")
                : new SegmentationProblem(
                    "prompts",
                    $"{method.Name} finds masks without classes and takes no words",
                    "Leave them out, or use another method");
        }

        if (request.Expansion is not ExpansionRequest expansion)
            yield break;
        if (!rules.AllowsExpansion)
            yield return new("expansion", "this service has no language model", "Leave it out");
        else if (!hasPrompts)
            yield return new("expansion", "there are no prompts to expand", "Give prompts, or leave it out");
        if (expansion.MaxPerPrompt is < 1 or > 10)
            yield return new("expansion.max_per_prompt", $"{expansion.MaxPerPrompt} is out of range", "Use 1 to 10");
    }

    private static IEnumerable<SegmentationProblem> OutputProblems(SegmentationRequest request)
    {
        IReadOnlyList<SegmentationTask> tasks = request.Tasks ?? [];
        foreach (OutputFormat output in request.Outputs ?? [])
        {
            if (!Enum.IsDefined(output))
                yield return new("outputs", $"there is no output {(int)output}", "Use panoptic, semantic or overlay");
            SegmentationTask? needed = output switch
            {
                OutputFormat.Panoptic => SegmentationTask.Panoptic,
                OutputFormat.Semantic => SegmentationTask.Semantic,
                _ => null,
            };
            if (needed is SegmentationTask task && tasks.Count > 0 && !tasks.Contains(task))
                yield return new(
                    "outputs",
                    $"{Name(task)} files need the task {Name(task)}",
                    "Add the task, or leave the output out");
        }
    }

    private IEnumerable<SegmentationProblem> CallbackProblems(string? callback) => callback is null
        ? []
        : AddressProblems("callback", callback, rules.AllowsCallbacks, "this service makes no callbacks");

    private IEnumerable<SegmentationProblem> AddressProblems(
        string where, string address, bool isAllowed, string refusal)
    {
        if (!isAllowed)
            yield return new(where, refusal, "Ask its operator to switch it on");
        if (address.Length > rules.MaxUrlLength)
            yield return new(
                where,
                $"the address has {address.Length:N0} characters; {rules.MaxUrlLength:N0} are allowed",
                "Shorten it");
        else if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttps)
            yield return new(
                where, $"'{Shorten(address)}' is not an https address", "Give one that begins with https://");
        else if (uri.UserInfo.Length > 0)
            yield return new(where, "the address holds a user name or password", "Leave it out");
    }

    private static bool IsPlainPath(string? path) =>
        !string.IsNullOrWhiteSpace(path)
        && path.Length <= 1_024
        && path[0] != '/'
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    private static string Name(SegmentationTask task) => task.ToString().ToLowerInvariant();

    private static string Shorten(string text) => ProblemText.Clean(text, 40);
}

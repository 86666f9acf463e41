using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Models;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models pull NAME</c>.</summary>
internal sealed class PullModel
{
    private readonly Argument<string[]> _names = new("name")
    {
        Description = $"Names that models list shows; {ModelFamilies.Sam}: a small published SAM; "
            + $"{ModelFamilies.Photo}: everything that words on photographs need",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _proxy =
        new("--proxy") { Description = "Proxy to go through, for instance http://proxy:3128; otherwise HTTPS_PROXY" };
    private readonly Option<bool> _offline =
        new("--offline") { Description = "Fetch nothing, say what is missing; also FROZENSEG_OFFLINE=1" };

    public static Command Create()
    {
        var self = new PullModel();
        var command = new Command("pull", "Fetch models into the models folder; goes on where an earlier call stopped")
        {
            self._names, self._proxy, self._offline,
        };
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] names = [.. parsed.GetRequiredValue(_names).Select(name => name.ToLowerInvariant())];
        foreach (string name in names.Where(name => name is not (ModelFamilies.Sam or ModelFamilies.Photo)))
        {
            if (ModelCatalogue.TryFind(name) is null)
                throw Unknown(name);
        }

        var options = new DownloadOptions { Proxy = ReadProxy(parsed.GetValue(_proxy)) };
        options = options with { IsOffline = options.IsOffline || parsed.GetValue(_offline) };
        foreach (string name in names)
        {
            switch (name)
            {
                case ModelFamilies.Sam:
                    await PullSamAsync(options, cancellation);
                    break;
                case ModelFamilies.Photo:
                    await PullPhotoAsync(options, cancellation);
                    break;
                default:
                    await PullAsync(ModelCatalogue.Find(name), options, cancellation);
                    break;
            }
        }

        return 0;
    }

    private static SegmentationProblemException Unknown(string name)
    {
        string[] known =
            [ModelFamilies.Photo, ModelFamilies.Sam, .. ModelCatalogue.All.Select(model => model.Name)];
        return ModelCatalogue.Unknown(
            name,
            Spelling.FindNearest(name, known) is string nearest
                ? $"Use {nearest}, or another that frozenseg models list shows"
                : $"Use one of {string.Join(", ", known)}");
    }

    // The first that can be had. Where its address does not answer within seconds the next is tried: the last in
    // earnest.
    private static async Task PullSamAsync(DownloadOptions options, CancellationToken cancellation)
    {
        ModelDescriptor[] sams = [.. ModelFamilies.RealSams.Select(ModelCatalogue.Find)];
        ModelDescriptor? present = sams.FirstOrDefault(
            model => ModelStore.Default.Find(model, model.Files[0]) is not null);
        if (present is not null)
        {
            await PullAsync(present, options, cancellation);
            return;
        }

        var quick = TimeSpan.FromSeconds(5);
        var problems = new List<SegmentationProblem>();
        foreach (ModelDescriptor model in sams)
        {
            try
            {
                await PullAsync(
                    model, model == sams[^1] ? options : options with { Attempts = 1, Patience = quick }, cancellation);
                return;
            }
            catch (SegmentationProblemException failure) when (
                failure.Problems.All(problem => problem.Kind is ProblemKind.Unavailable))
            {
                problems.AddRange(failure.Problems);
            }
        }

        string reasons = string.Join("; ", problems.Select(problem => $"{problem.Where}: {problem.Found}").Distinct());
        throw SegmentationProblem.Unavailable(
            "models pull sam",
            $"no published SAM can be had ({reasons})",
            "The bundled nano, which knows generated scenes only, is used");
    }

    private static async Task PullPhotoAsync(DownloadOptions options, CancellationToken cancellation)
    {
        PhotoFamily.Announce(ModelStore.Default);
        await PullSamAsync(options, cancellation);
        foreach ((_, string name) in ModelFamilies.PhotoMembers)
            await PullAsync(ModelCatalogue.Find(name), options, cancellation);
        UseModels.Keep(ModelFamilies.PhotoMembers);
        Console.WriteLine("in use    for words on photographs; frozenseg models use nano goes back");
    }

    private static async Task PullAsync(ModelDescriptor model, DownloadOptions options, CancellationToken cancellation)
    {
        foreach (ModelFileDescriptor file in model.Files)
            await FetchAsync(model, file, options, cancellation);
    }

    private static async Task FetchAsync(
        ModelDescriptor model, ModelFileDescriptor file, DownloadOptions options, CancellationToken cancellation)
    {
        ModelStore store = ModelStore.Default;
        if (store.Find(model, file) is string present)
        {
            if (ModelFetcher.Fault(present) is not string fault)
            {
                Console.WriteLine($"{model.Name}  is here: {present}");
                return;
            }

            Console.Error.WriteLine($"{Path.GetFileName(present)}: {fault}. It is fetched again.");
            ModelStore.Forget(present);
        }

        if (file.Url is null)
        {
            throw SegmentationProblem.Unavailable(
                $"model {model.Name}", "it cannot be fetched by a program", model.Note ?? "Reinstall the program");
        }

        var fetcher = new ModelFetcher(store, options);
        (string path, bool isAsPublished) = await Task.Run(
            () => ProgressDisplay.Run(
                file.FileName, progress => fetcher.FetchAsync(model, file, progress, cancellation)
                    .GetAwaiter()
                    .GetResult()),
            cancellation);
        Console.WriteLine($"{model.Name}  {path}");
        Console.WriteLine(
            $"sha256 {ModelStore.Recorded(path)}{(isAsPublished && file.Export is null ? " as published" : "")}");
    }

    private static Uri? ReadProxy(string? text)
    {
        if (text is null)
            return null;
        return Uri.TryCreate(
            text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out Uri? proxy)
            && proxy.Scheme is "http" or "https" or "socks4" or "socks5" && proxy.Host.Length > 0
            ? proxy
            : throw SegmentationProblem.InvalidRequest(
                "--proxy", $"'{text}' is not the address of a proxy", "Give one such as http://proxy:3128");
    }
}

using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models pull NAME</c>.</summary>
internal sealed class PullModel
{
    private readonly Argument<string[]> _names = new("name") { Description = "Names that models list shows", Arity = ArgumentArity.OneOrMore };
    private readonly Option<Uri?> _proxy = new("--proxy") { Description = "Proxy to go through; otherwise HTTPS_PROXY" };
    private readonly Option<bool> _offline = new("--offline") { Description = "Fetch nothing, say what is missing; also FROZENSEG_OFFLINE=1" };

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
        ModelDescriptor[] models = Array.ConvertAll(parsed.GetRequiredValue(_names), ModelCatalogue.Find);
        var options = new DownloadOptions { Proxy = parsed.GetValue(_proxy) };
        var downloader = new ModelDownloader(options with { IsOffline = options.IsOffline || parsed.GetValue(_offline) });
        foreach (ModelDescriptor model in models)
        {
            foreach (ModelFileDescriptor file in model.Files)
                await FetchAsync(downloader, model, file, cancellation);
        }

        return 0;
    }

    private static async Task FetchAsync(
        ModelDownloader downloader, ModelDescriptor model, ModelFileDescriptor file, CancellationToken cancellation)
    {
        ModelStore store = ModelStore.Default;
        if (store.Find(model, file) is string present)
        {
            Console.WriteLine($"{model.Name}  is here: {present}");
            return;
        }

        if (file.Url is null)
        {
            throw new SegmentationProblem(
                ProblemKind.Unavailable, $"model {model.Name}", "it cannot be fetched by a program", model.Note ?? "Reinstall the program").ToException();
        }

        string path = store.PathOf(model, file);
        string hash = await Task.Run(
            () => ProgressDisplay.Run(
                file.FileName, progress => downloader.FetchAsync(file, path, progress, cancellation).GetAwaiter().GetResult()),
            cancellation);
        Console.WriteLine($"{model.Name}  {path}");
        Console.WriteLine(file.Sha256 is null ? $"sha256 {hash} (none is published to compare with)" : $"sha256 {hash} as published");
    }
}

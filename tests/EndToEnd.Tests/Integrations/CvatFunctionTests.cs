using System.Diagnostics;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Integrations;

/// <summary>The CVAT function, called as its platform calls it.</summary>
public sealed class CvatFunctionTests : IDisposable
{
    private const string Caller = """
        import base64, json, sys, types
        sys.path.insert(0, sys.argv[1])
        import main
        context = types.SimpleNamespace(
            logger=types.SimpleNamespace(info=lambda text: None), Response=lambda **answer: answer)
        main.init_context(context)
        picture = base64.b64encode(open(sys.argv[2], "rb").read()).decode()
        for prompt in ({"pos_points": [[41, 36]], "neg_points": [[5, 5]]}, {"pos_points": [], "neg_points": [], "obj_bbox": [[6, 18], [68, 62]]}):
            answer = main.handler(context, types.SimpleNamespace(body={"image": picture, **prompt}))
            mask = json.loads(answer["body"])["mask"]
            print(answer["status_code"], len(mask), len(mask[0]), sum(map(sum, mask)) > 0)
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramTheory]
    [InlineData("python3")]
    public async Task Handler_PointsOrABox_GivesAMaskOfThePicture(string python)
    {
        await using ServedProcess service = await ServedProcess.StartAsync(
            "--state", _folder.Path("state"), "--threads", "1", "--key", "secret", "--sam", "nano");
        string caller = _folder.Write("caller.py", System.Text.Encoding.UTF8.GetBytes(Caller));
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["FROZENSEG_URL"] = service.Address.ToString().TrimEnd('/'),
                ["FROZENSEG_KEY"] = "secret",
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
            ArgumentList =
            {
                caller,
                Path.Combine(RepositoryCopy.Original, "integrations", "cvat"),
                Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png"),
            },
        };

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal(
            ["200 128 128 True", "200 128 128 True"],
            (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}

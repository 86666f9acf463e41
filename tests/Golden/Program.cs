using System.Diagnostics;
using FrozenSeg.Golden;
using FrozenSeg.Golden.Car;
using FrozenSeg.Golden.FrozenSeg;
using FrozenSeg.Golden.Photos;
using FrozenSeg.Golden.Sam;
using FrozenSeg.Golden.Sam3;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Shared.Problems;

// golden DIR [--provider cpu|cuda] [--precision float32|float16] [--only TEXT] [--verbose]
IGoldenKind[] kinds = [.. SamKinds.All, .. CarKinds.All, .. FrozenSegKinds.All, .. PhotoKinds.All, .. Sam3Kinds.All];
try
{
    return Run(GoldenArguments.Parse(args));
}
catch (SegmentationProblemException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

int Run(GoldenArguments arguments)
{
    var sessions = new SessionFactory(
        new RuntimeOptions { Provider = arguments.Provider, Precision = arguments.Precision });
    if (arguments.Provider is not ExecutionProviderChoice.Cpu || arguments.Precision is not Precision.Float32)
        Console.WriteLine(
            $"on {sessions.ActiveProvider}, {arguments.Precision}, ONNX Runtime {SessionFactory.RuntimeVersion}");
    var context = new GoldenContext(sessions, GoldenFolder.PictureFolders(arguments.Folder));

    int passed = 0, failed = 0;
    foreach (GoldenFile file in GoldenFolder.Files(arguments.Folder))
    {
        if (!$"{file.Family}/{file.FileName}".Contains(arguments.Only, StringComparison.Ordinal))
            continue;
        var watch = Stopwatch.StartNew();
        GoldenResult result = GoldenResult.Of(file, kinds, context);
        if (result.IsCompanion)
            continue;
        Console.WriteLine(result.Line(watch.Elapsed));
        if (arguments.Verbose || !result.Passed)
            result.Details.ToList().ForEach(Console.WriteLine);
        _ = result.Passed ? passed++ : failed++;
    }

    Console.WriteLine($"{passed} passed, {failed} failed");
    return failed == 0 && passed > 0 ? 0 : 1;
}

using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Service;

/// <summary>What anybody would write: read, segment, write, picture by picture.</summary>
/// <param name="name">Name of the question.</param>
/// <param name="work">The pictures and what to do with them.</param>
internal sealed class PlainLoop(string name, ServiceWork work) : IQuestion
{
    private TemporaryFolder? _folder;
    private ModelLibrary? _library;
    private int _round;

    public string Name => name;

    public string Asks => $"{work.Count} pictures, {work.Does}, in a plain loop";

    public double? WantedRatio => null;

    public double? WantedMegabytes => null;

    public int WarmUps => ServiceWork.WarmUps;

    public IReadOnlyList<string> Reference => [$"self:{name}"];

    public void Prepare(int threads)
    {
        _folder = new TemporaryFolder();
        _library = ServiceWork.Networks(threads);
    }

    public void Run()
    {
        foreach ((string picture, byte[] content) in work.Pictures(_round++))
        {
            Picture read = Picture.Read(ImageReader.CreateDefault(), content, picture);
            using ISegmentationMethod method = MethodFactory.Create(work.Method, _library!, work.Settings);
            SegmentationOutcome outcome = method.Segment(read.Pixels, ServiceWork.Order, null, default);
            SegmentationResult document = ResultWriter.Document(
                read.Description, method.Name, ServiceWork.Order, null, outcome);
            ResultWriter.Write(_folder!.Path(picture), read.Pixels, document, outcome);
        }
    }

    public void Dispose()
    {
        _library?.Dispose();
        _folder?.Dispose();
    }
}

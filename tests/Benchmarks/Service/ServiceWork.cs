using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Service;

/// <summary>Pictures, and what to do with them: enough to weigh the workflow against the work.</summary>
/// <param name="Does">What is done, in words.</param>
/// <param name="Method">How it is done.</param>
/// <param name="Settings">Settings of the method.</param>
/// <param name="Count">Pictures in a round.</param>
/// <param name="Side">Their height; they are a third wider.</param>
internal sealed record ServiceWork(
    string Does, IMethodBuilder Method, IReadOnlyDictionary<string, string> Settings, int Count, int Side)
{
    /// <summary>Rounds before the measured ones, for both sides.</summary>
    public const int WarmUps = 6;

    /// <summary>What is asked of every picture.</summary>
    public static SegmentationOrder Order { get; } = new(null, [SegmentationTask.Masks]);

    /// <summary>Real work: 16 points a side with the procedural stand-in.</summary>
    public static ServiceWork Automask { get; } = new(
        "16×16 points each", MethodFactory.Find(AutomaskMethod.MethodName), new Dictionary<string, string>
        {
            ["points_per_side"] = "16",
        }, 10, 480);

    /// <summary>No work at all: what is left is the workflow.</summary>
    public static ServiceWork Nothing { get; } = new(
        "nothing found", new NothingBuilder(), new Dictionary<string, string>(), 50, 480);

    /// <summary>The networks.</summary>
    public static ModelLibrary Networks(int threads) => new(
        ModelSelection.Default,
        new SessionFactory(new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = threads }));

    /// <summary>
    /// The pictures of a round, by name: none like another, in this round or the last, so that nothing is skipped.
    /// </summary>
    public IEnumerable<(string Name, byte[] Content)> Pictures(int round)
    {
        PixelImage image = TestPicture.Make(Side, Side * 4 / 3);
        for (int i = 0; i < Count; i++)
        {
            int number = (round * Count) + i;
            image.Pixels[number % image.Pixels.Length] ^= (byte)(1 + (number % 255));
            yield return ($"{number:D6}.png", ImageCodec.EncodePng(image));
        }
    }
}

using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Benchmarks.Car;

/// <summary>CLIP as RNN on networks that are named as on the command line.</summary>
internal sealed class LoadedCar : IDisposable
{
    private readonly ClipFile _proposer;
    private readonly ClipFile _judge;

    public LoadedCar(string proposer, string judge, int threads)
    {
        var sessions = new SessionFactory(
            new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = threads });
        _proposer = ClipFile.Open(proposer);
        _judge = ClipFile.Open(judge);
        Networks = new CarNetworks(
            _proposer,
            new ActivationModel(_proposer.Configuration.Vision!, _proposer.Weights, sessions),
            new ClipTextEmbeddings(_proposer, sessions, null),
            _judge,
            new ClipImageEncoder(
                _judge.Configuration.Vision!, _judge.Weights, sessions, skipLastBlock: true, roundPositions: true),
            new ClipTextEmbeddings(_judge, sessions, null));
    }

    public CarNetworks Networks { get; }

    public void Dispose()
    {
        Networks.Activation.Dispose();
        Networks.Classifier.Dispose();
        Networks.ProposerTexts.Dispose();
        Networks.JudgeTexts.Dispose();
        _proposer.Dispose();
        _judge.Dispose();
    }
}

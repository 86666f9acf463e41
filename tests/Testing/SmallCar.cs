using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

namespace FrozenSeg.Testing;

/// <summary>CLIP as RNN on <see cref="SmallClip"/>: everything runs, nothing means anything.</summary>
public sealed class SmallCar : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ClipFile _clip;
    private readonly ActivationModel _activation;
    private readonly ClipImageEncoder _classifier;
    private readonly ClipTextEmbeddings _texts;

    /// <summary>Loads it.</summary>
    public SmallCar()
    {
        _clip = ClipFile.Open(SmallClip.Write(_folder.Root));
        _activation = new ActivationModel(_clip.Configuration.Vision!, _clip.Weights, SmallClip.Sessions);
        _classifier = new ClipImageEncoder(
            _clip.Configuration.Vision!, _clip.Weights, SmallClip.Sessions, skipLastBlock: true, roundPositions: true);
        _texts = new ClipTextEmbeddings(_clip, SmallClip.Sessions, null);
        Networks = new CarNetworks(_clip, _activation, _texts, _clip, _classifier, _texts);
    }

    /// <summary>The networks.</summary>
    internal CarNetworks Networks { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _texts.Dispose();
        _classifier.Dispose();
        _activation.Dispose();
        _clip.Dispose();
        _folder.Dispose();
    }
}

using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>
/// A picture run through CLIP once. Answers for texts are computed when first asked for and kept, so that stages and
/// queries share them (car.md 4.5, linearity). The caller disposes it; not for two callers at once.
/// </summary>
internal sealed class ImageActivations : IDisposable
{
    // Texts of one gradient pass; a text takes about 25 MB on the way.
    private const int TextsPerPass = 4;

    private readonly IReadOnlyDictionary<string, TensorBuffer<float>> _kept;
    private readonly IDisposable _owner;
    private readonly ModelSession _gradient;
    private readonly ModelSession _refine;
    private readonly Dictionary<float[], TextResponse> _responses = new(ReferenceEqualityComparer.Instance);
    private readonly float[] _unit;

    /// <param name="picture">What was kept of the picture.</param>
    /// <param name="owner">Disposed with this: the same, or the use of one that is shared.</param>
    /// <param name="gradient">Answers texts.</param>
    /// <param name="refine">Spreads maps.</param>
    internal ImageActivations(PictureActivations picture, IDisposable owner, ModelSession gradient, ModelSession refine)
    {
        Grid = picture.Grid;
        _kept = picture.Kept;
        _owner = owner;
        _gradient = gradient;
        _refine = refine;
        ReadOnlySpan<float> pooled = _kept["pooled"].Span;
        _unit = pooled.ToArray();
        TensorPrimitives.Divide(_unit, TensorPrimitives.Norm<float>(pooled), _unit);
    }

    /// <summary>The patches.</summary>
    public PatchGrid Grid { get; }

    /// <summary>
    /// How strongly patches of one class hang together: <c>[P, P]</c>, symmetric, rows sum to about 1.
    /// </summary>
    public TensorView<float> Affinity => _kept["affinity"].View;

    /// <summary>Cosine of the picture's mean patch with a unit text vector.</summary>
    public float Cosine(float[] text) => TensorPrimitives.Dot<float>(_unit, text);

    /// <summary>What was kept of the last block, under the names of <see cref="ActivationNetwork"/>.</summary>
    internal TensorBuffer<float> Kept(string name) => _kept[name];

    /// <summary>
    /// The responses to texts, one each; a vector seen before, as the same array, is not computed again.
    /// </summary>
    internal TextResponse[] Respond(IReadOnlyList<float[]> texts, CancellationToken cancellation)
    {
        float[][] missing = [.. texts.Where(text => !_responses.ContainsKey(text)).Distinct(
            ReferenceEqualityComparer.Instance).Cast<float[]>()];
        foreach (float[][] pass in missing.Chunk(TextsPerPass))
            Run(pass, cancellation);
        return [.. texts.Select(text => _responses[text])];
    }

    /// <summary>Spreads sources along the affinity, twice.</summary>
    /// <param name="sources"><c>[N, P]</c>.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns><c>[N, P]</c>; the caller disposes it.</returns>
    internal TensorBuffer<float> Refine(TensorBuffer<float> sources, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("affinity", _kept["affinity"]).Add("sources", sources);
        using SessionOutputs outputs = _refine.Run(inputs, cancellation: cancellation);
        return outputs.Take<float>("refined");
    }

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    private void Run(float[][] texts, CancellationToken cancellation)
    {
        using var vectors = new TensorBuffer<float>(texts.Length, texts[0].Length);
        for (int row = 0; row < texts.Length; row++)
            texts[row].CopyTo(vectors.View[row].Span);
        using SessionInputs inputs = new SessionInputs().Add("texts", vectors).Add("pooled", _kept["pooled"]);
        foreach (string name in ActivationNetwork.Kept)
            inputs.Add(name, _kept[name]);
        using SessionOutputs outputs = _gradient.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> maps = outputs.Take<float>("maps"), weights = outputs.Take<float>("weights");
        for (int row = 0; row < texts.Length; row++)
            _responses[texts[row]] = new TextResponse(maps.View[row].Span.ToArray(), weights.View[row].Span.ToArray());
    }
}

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>A pickle that goes on where its bytes end.</summary>
internal sealed class PickleCutShortException() : PickleException("it is cut short");

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>A pickle that is damaged, or asks for more than data. The message is the middle of a sentence.</summary>
internal class PickleException(string message) : Exception(message);

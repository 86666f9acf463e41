using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>
/// A module of a TorchScript archive, as OpenAI publishes CLIP: attributes without the code that goes with them.
/// </summary>
internal sealed class TorchModule
{
    /// <summary>Tensors, submodules and settings by name.</summary>
    public PickleDictionary Attributes { get; } = new();
}

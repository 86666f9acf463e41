namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>What the few permitted names of a pickle stand for.</summary>
internal interface IPickleObjects
{
    /// <summary>Refuses a name that is not permitted.</summary>
    /// <exception cref="PickleException">The name is not one that stands for data.</exception>
    void ThrowIfForbidden(PickleGlobal global);

    /// <summary>What calling <paramref name="callee"/> stands for.</summary>
    /// <exception cref="PickleException">The arguments are not what the name takes.</exception>
    object? Call(object? callee, object?[] arguments);

    /// <summary>The object outside the pickle that <paramref name="id"/> names.</summary>
    /// <exception cref="PickleException">It names none.</exception>
    object? Load(object? id);
}

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Tensors by name, whatever they are called where they are stored.</summary>
internal interface IWeightSource
{
    /// <summary>The file or model, for messages.</summary>
    string Name { get; }

    /// <summary>Every name that can be found.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The tensor called <paramref name="name"/>, or null.</summary>
    WeightTensor? Find(string name);
}

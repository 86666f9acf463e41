namespace FrozenSeg.Evaluation.Conversion;

/// <summary>One form results are turned into.</summary>
internal interface IConversion
{
    /// <summary>What <c>--to</c> calls it.</summary>
    string Name { get; }

    /// <summary>The files of the form.</summary>
    /// <param name="set">What to convert.</param>
    /// <param name="warnings">Takes what the form cannot hold.</param>
    IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, List<string> warnings);
}

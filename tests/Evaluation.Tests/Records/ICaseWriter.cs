namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>Random cases of one measure, and what our tools say of them.</summary>
internal interface ICaseWriter
{
    /// <summary>Name of the measure, of its folder and of its records.</summary>
    string Measure { get; }

    /// <summary>Writes the files of a case, in the form that the field's tool reads.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="random">Where its numbers come from.</param>
    void Write(string folder, CaseRandom random);

    /// <summary>Our figures of a written case, by the names of the records.</summary>
    IReadOnlyDictionary<string, double?> Measured(string folder);
}

namespace FrozenSeg.Cli.Documents;

/// <summary>COCO's compressed run lengths.</summary>
/// <param name="Size">Height and width.</param>
/// <param name="Counts">The compressed string.</param>
internal sealed record RleRecord(int[] Size, string Counts);

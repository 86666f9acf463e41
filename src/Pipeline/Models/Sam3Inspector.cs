using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Checkpoints;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Pipeline.Models;

/// <summary>Compares a SAM 3 checkpoint, whatever its form, with the configuration its shapes tell.</summary>
internal static class Sam3Inspector
{
    public static CheckpointReport Inspect(string path)
    {
        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(path);
        using WeightFile file = WeightFile.Open(path);
        // By the file's own names: a tensor that is kept in parts is missing where one of them is.
        KeyComparison keys = KeyComparison.Of(checkpoint.Needed, checkpoint.Weights.Find);
        string[] missing =
        [
            .. keys.Missing.SelectMany(checkpoint.Stored).Where(name => file.Find(name) is null).Distinct(
                StringComparer.Ordinal),
        ];
        return new CheckpointReport(
            ModelRole.Sam3,
            Sam3Models.TitleOf(checkpoint.Release),
            file.Names.Count,
            missing,
            keys.Misshapen,
            checkpoint.FindUnknown());
    }
}

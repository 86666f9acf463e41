using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Functions.Activities;

/// <summary>Finds the weight files that settings name.</summary>
internal static class ModelPaths
{
    /// <summary>The selection with every name that is a file of the folder made a path; other names stay.</summary>
    public static ModelSelection Resolve(ModelSelection models, string folder)
    {
        string? Find(string? name) =>
            name is not null && File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : name;
        return models with
        {
            Sam = Find(models.Sam),
            CarClip = Find(models.CarClip),
            CarClassifier = Find(models.CarClassifier),
            FrozenSegClip = Find(models.FrozenSegClip),
            FrozenSegCheckpoint = Find(models.FrozenSegCheckpoint),
            FcClipCheckpoint = Find(models.FcClipCheckpoint),
            FrozenSegSam = Find(models.FrozenSegSam),
            Sam3 = Find(models.Sam3),
        };
    }
}

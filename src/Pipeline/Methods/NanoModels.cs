using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>Puts the bundled models where a selection says <c>nano</c>, or says nothing.</summary>
internal static class NanoModels
{
    /// <summary>
    /// The selection with paths. A model of the user's own never gets a nano part beside it: FrozenSeg's and FC-CLIP's
    /// decoders fit only the CLIP and SAM they were trained on.
    /// </summary>
    public static ModelSelection Resolve(ModelSelection selection)
    {
        if (!BundledModels.ArePresent)
            return selection;
        bool car = Free(selection.CarClip) && Free(selection.CarClassifier);
        bool frozenSeg = Free(selection.FrozenSegClip) && Free(selection.FrozenSegCheckpoint)
            && Free(selection.FcClipCheckpoint) && Free(selection.FrozenSegSam);
        return selection with
        {
            Sam = Put(selection.Sam, BundledModels.Sam, true),
            CarClip = Put(selection.CarClip, BundledModels.ClipVit, car),
            CarClassifier = Put(selection.CarClassifier, BundledModels.ClipVit, car),
            FrozenSegClip = Put(selection.FrozenSegClip, BundledModels.ClipConvNext, frozenSeg),
            FrozenSegCheckpoint = Put(selection.FrozenSegCheckpoint, BundledModels.FrozenSeg, frozenSeg),
            FcClipCheckpoint = Put(selection.FcClipCheckpoint, BundledModels.FcClip, frozenSeg),
            FrozenSegSam = Put(selection.FrozenSegSam, BundledModels.Sam, frozenSeg),
        };
    }

    private static bool Free(string? name) => name is null or BundledModels.Nano;

    private static string? Put(string? name, string part, bool isDefault) =>
        name == BundledModels.Nano || (name is null && isDefault) ? BundledModels.PathOf(part) : name;
}

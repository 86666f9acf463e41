using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>The SAMs among the networks of a process.</summary>
internal static class SamLibrary
{
    extension(ModelLibrary library)
    {
        /// <summary>The SAM that is shared by automask and by snapping.</summary>
        public IPromptableModel Sam => library.LoadSam(library.Selection.Sam);

        /// <summary>A SAM by name.</summary>
        /// <exception cref="Shared.Problems.SegmentationProblemException">None is named.</exception>
        public IPromptableModel LoadSam(string? name) => name is null
            ? throw ModelDefaults.NoSam()
            : library.Get($"sam:{name}", () => Remembering(library, name));
    }

    private static IPromptableModel Remembering(ModelLibrary library, string name)
    {
        // A SAM 3 sees a picture once, for words and for points.
        IPromptableModel model = Sam3Models.IsOne(name)
            ? Sam3Models.Network(library, name, null).LoadInteractive()
            : PromptableModels.Load(name, library.Sessions);
        return library.Features.Capacity > 0
            ? new RememberingModel(model, model.WeightHash ?? name, library.Features)
            : model;
    }
}

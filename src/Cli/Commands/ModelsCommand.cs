using System.CommandLine;
using FrozenSeg.Cli.Models;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg models</c>: the catalogue, and the models of this machine.</summary>
internal static class ModelsCommand
{
    /// <summary>The command for the root.</summary>
    public static Command Create() => new("models", "List, fetch, check, import and choose models")
    {
        ListModels.Create(),
        ModelInfo.Create(),
        PullModel.Create(),
        VerifyModels.Create(),
        ImportModel.Create(),
        UseModels.Create(),
        AcceptLicence.Create(),
        CheckModel.Create(),
        RemoveModel.Create(),
    };
}

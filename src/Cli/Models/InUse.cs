using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Cli.Models;

/// <summary>The network in use for each role, on the terminal.</summary>
internal static class InUse
{
    /// <summary>Prints a line a role.</summary>
    public static void Show()
    {
        foreach (ModelUse use in ModelDefaults.Explain())
        {
            string name = BundledModels.IsNano(use.Name) ? BundledModels.Nano : use.Name ?? "–";
            Console.WriteLine($"{use.Role,-16}{name,-24}{use.Reason}".TrimEnd());
        }
    }
}

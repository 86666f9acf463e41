using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Help;

/// <summary>
/// What settings are when nobody gives them, with the networks this machine uses: a small SAM has other thresholds.
/// </summary>
internal static class DefaultsInUse
{
    /// <summary>
    /// Defaults that are not the published ones, by option. A network that cannot be read leaves those.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Find()
    {
        ModelSelection models = ModelDefaults.Resolve(ModelSelection.Default);
        return new[] { () => Masks(models), () => Car(models), () => FrozenSeg(models) }
            .SelectMany(Try).DistinctBy(entry => entry.Key).ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Masks(ModelSelection models) =>
        Changed(
            AutomaskMethod.MethodName,
            AutomaskSettings.Table,
            new AutomaticMaskOptions(),
            AutomaticMaskPresets.All[PromptableModels.FindPreset(models.Sam)]);

    private static Dictionary<string, string> Car(ModelSelection models) =>
        Changed(
            CarMethod.MethodName,
            CarSettings.Table,
            new CarOptions(),
            BundledModels.IsNano(models.CarClip) ? CarPresets.Find(BundledModels.Nano) : new CarOptions());

    private static Dictionary<string, string> FrozenSeg(ModelSelection models)
    {
        if (models.FrozenSegCheckpoint is null)
            return [];
        using var checkpoint = FrozenSegCheckpoint.Open(
            models.FrozenSegCheckpoint, models.FrozenSegClip, models.FrozenSegSam, hasInjectors: true);
        FrozenSegConfiguration found = checkpoint.Configuration;
        return Changed(
            FrozenSegMethod.FrozenSegName,
            FrozenSegSettings.Table,
            FrozenSegSettings.Published,
            new FrozenSegSettings(found.Options, found.Input));
    }

    private static Dictionary<string, string> Changed<TOptions>(
        string method, SettingTable<TOptions> table, TOptions published, TOptions inUse)
    {
        Dictionary<string, string> before = table.Describe(published), now = table.Describe(inUse);
        return MethodFactory.Find(method).Settings
            .Where(setting => setting.Option is not null && now.TryGetValue(
                setting.Name, out string? value) && before.GetValueOrDefault(setting.Name) != value)
            .ToDictionary(setting => setting.Option!, setting => now[setting.Name]);
    }

    // A command that needs the network says what is wrong with it; help does not.
    private static Dictionary<string, string> Try(Func<Dictionary<string, string>> find)
    {
        try
        {
            return find();
        }
        catch (SegmentationProblemException)
        {
            return [];
        }
    }
}

using System.Globalization;

namespace FrozenSeg;

/// <summary>A method with its settings. What is null keeps the default of the models in use.</summary>
public abstract record MethodOptions
{
    private protected MethodOptions()
    {
    }

    /// <summary>
    /// Name of the method: <c>automask</c>, <c>car</c>, <c>frozenseg</c>, <c>fcclip</c>, <c>sam3</c> or <c>fused</c>.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>Every setting under its published name; null where it is left alone.</summary>
    internal abstract IEnumerable<(string Name, object? Value)> Settings();

    /// <summary>What was set, as the methods read it.</summary>
    internal Dictionary<string, string> ToSettings() => Settings()
        .Where(setting => setting.Value is not null)
        .ToDictionary(setting => setting.Name, setting => Format(setting.Value!));

    private static string Format(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        IEnumerable<string> texts => string.Join(" | ", texts),
        IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

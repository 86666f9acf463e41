using System.Globalization;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>A declared setting, and where its value lies in a method's options.</summary>
/// <typeparam name="TOptions">The options, an immutable record.</typeparam>
/// <param name="name">Its published name.</param>
internal abstract class Setting<TOptions>(string name)
{
    /// <inheritdoc cref="SettingDeclaration.Name"/>
    public string Name => name;

    /// <inheritdoc cref="SettingDeclaration.Text"/>
    public required string Text { get; init; }

    /// <inheritdoc cref="SettingDeclaration.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="SettingDeclaration.Source"/>
    public string? Source { get; init; }

    /// <inheritdoc cref="SettingDeclaration.Option"/>
    public string? Option { get; init; } = "--" + name.Replace('_', '-');

    /// <summary>The default in words, where the options' own does not tell it.</summary>
    public string? Default { get; init; }

    /// <summary>The options with the value that was given, if one was.</summary>
    public abstract TOptions Read(MethodSettings settings, TOptions options);

    /// <summary>The value in use, an int, float, double, bool or string; null for none.</summary>
    public abstract object? Value(TOptions options);

    /// <summary>What makes the value unusable.</summary>
    public virtual IEnumerable<SegmentationProblem> Problems(TOptions options) => [];

    /// <summary>The value in use in the form that is read; null for none.</summary>
    public string? Describe(TOptions options) => Value(options) switch
    {
        bool value => value ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => (string?)value,
    };

    /// <summary>The declaration, without what only some kinds have.</summary>
    public virtual SettingDeclaration Declare(TOptions defaults) => new()
    {
        Name = Name,
        Kind = SettingKind.Text,
        Text = Text,
        Default = Default ?? Describe(defaults),
        Unit = Unit,
        Source = Source,
        Option = Option,
    };

    /// <summary>A problem of this setting.</summary>
    protected SegmentationProblem Problem(string found, string remedy) =>
        new($"settings.{Name}", found, remedy);
}

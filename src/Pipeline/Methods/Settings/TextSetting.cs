namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>A setting that is text in a form of its own.</summary>
/// <param name="name">Its published name.</param>
/// <param name="get">The value in use; null for none.</param>
/// <param name="set">The options with another value; may refuse it with a problem.</param>
internal sealed class TextSetting<TOptions>(
    string name, Func<TOptions, string?> get, Func<TOptions, string, TOptions> set)
    : Setting<TOptions>(name)
{
    /// <inheritdoc cref="SettingDeclaration.Choices"/>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <inheritdoc/>
    public override TOptions Read(MethodSettings settings, TOptions options) =>
        settings.Text(Name) is string text ? set(options, text) : options;

    /// <inheritdoc/>
    public override object? Value(TOptions options) => get(options);

    /// <inheritdoc/>
    public override SettingDeclaration Declare(TOptions defaults) => base.Declare(defaults) with { Choices = Choices };
}

namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>A setting that is true or false.</summary>
/// <param name="name">Its published name.</param>
/// <param name="get">The value in use.</param>
/// <param name="set">The options with another value.</param>
internal sealed class SwitchSetting<TOptions>(string name, Func<TOptions, bool> get, Func<TOptions, bool, TOptions> set)
    : Setting<TOptions>(name)
{
    /// <inheritdoc/>
    public override TOptions Read(MethodSettings settings, TOptions options) =>
        settings.Text(Name) is null ? options : set(options, settings.Bool(Name, get(options)));

    /// <inheritdoc/>
    public override object? Value(TOptions options) => get(options);

    /// <inheritdoc/>
    public override SettingDeclaration Declare(TOptions defaults) =>
        base.Declare(defaults) with { Kind = SettingKind.Switch };
}

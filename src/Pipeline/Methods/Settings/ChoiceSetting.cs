using System.Text.Json;

namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>A setting that is a member of an enumeration, written in kebab case.</summary>
/// <param name="name">Its published name.</param>
/// <param name="get">The value in use.</param>
/// <param name="set">The options with another value.</param>
internal sealed class ChoiceSetting<TOptions, TValue>(
    string name, Func<TOptions, TValue> get, Func<TOptions, TValue, TOptions> set)
    : Setting<TOptions>(name)
    where TValue : struct, Enum
{
    /// <inheritdoc/>
    public override TOptions Read(MethodSettings settings, TOptions options) =>
        settings.Text(Name) is null ? options : set(options, settings.Choice(Name, get(options)));

    /// <inheritdoc/>
    public override object? Value(TOptions options) => Written(get(options).ToString());

    /// <inheritdoc/>
    public override SettingDeclaration Declare(TOptions defaults) => base.Declare(defaults) with
    {
        Kind = SettingKind.Choice,
        Choices = [.. Enum.GetNames<TValue>().Select(Written)],
    };

    private static string Written(string member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member);
}

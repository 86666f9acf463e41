using System.Globalization;
using System.Numerics;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>A setting that is a number.</summary>
/// <param name="name">Its published name.</param>
/// <param name="get">The value in use; null where other settings switch it off.</param>
/// <param name="set">The options with another value.</param>
internal sealed class NumberSetting<TOptions, TValue>(
    string name, Func<TOptions, TValue?> get, Func<TOptions, TValue, TOptions> set)
    : Setting<TOptions>(name)
    where TValue : struct, INumber<TValue>
{
    /// <inheritdoc cref="SettingDeclaration.Range"/>
    public SettingRange? Range { get; init; }

    /// <inheritdoc/>
    public override TOptions Read(MethodSettings settings, TOptions options) =>
        settings.Text(Name) is null ? options : set(options, settings.Number(Name, get(options) ?? default));

    /// <inheritdoc/>
    public override object? Value(TOptions options) => get(options);

    /// <inheritdoc/>
    public override IEnumerable<SegmentationProblem> Problems(TOptions options) =>
        Range is { } range && get(options) is TValue value && !range.Contains(double.CreateChecked(value))
            ? [Problem(range.Refusal(value.ToString(null, CultureInfo.InvariantCulture)), $"Use {range}")]
            : [];

    /// <inheritdoc/>
    public override SettingDeclaration Declare(TOptions defaults) => base.Declare(defaults) with
    {
        Kind = typeof(TValue) == typeof(int) ? SettingKind.Integer : SettingKind.Number,
        Range = Range,
    };
}

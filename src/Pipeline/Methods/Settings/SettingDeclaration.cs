namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>
/// All that is to be known of one setting of a method. Reading, checking and describing it, its option on the command
/// line, its place in the API's schema and its row in the documentation are made of this.
/// </summary>
internal sealed record SettingDeclaration
{
    /// <summary>Its published name, for instance <c>points_per_side</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What its value is.</summary>
    public required SettingKind Kind { get; init; }

    /// <summary>What it does, in a line without a full stop.</summary>
    public required string Text { get; init; }

    /// <summary>What holds when it is not given, as text; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The numbers it takes; null for all, and for what is not a number.</summary>
    public SettingRange? Range { get; init; }

    /// <summary>
    /// The names it takes; with <see cref="SettingKind.Text"/> those that mean something of their own.
    /// </summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a number counts, for instance <c>pixels</c>; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Where it and its default come from: paper, released code; null for ours.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Its option on the command line, for instance <c>--points-per-side</c>; null where <c>--set</c> alone reaches it.
    /// </summary>
    public string? Option { get; init; }
}

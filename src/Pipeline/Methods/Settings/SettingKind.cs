namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>What the value of a setting is.</summary>
internal enum SettingKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Switch,

    /// <summary>One of a few names.</summary>
    Choice,

    /// <summary>Text in a form of its own.</summary>
    Text,
}

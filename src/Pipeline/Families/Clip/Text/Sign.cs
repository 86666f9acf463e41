namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>What a character is to <see cref="DamageSigns"/>: which neighbours it has in sound text.</summary>
[Flags]
internal enum Sign
{
    /// <summary>Nothing can be told from it: ASCII, blanks, dashes.</summary>
    None = 0,

    /// <summary>A C1 control, which no text has.</summary>
    Control = 1,

    /// <summary>A symbol that hardly anybody writes: ¬, ¦, ‡.</summary>
    Rare = 2,

    /// <summary>¶ and §.</summary>
    Law = 4,

    /// <summary>¢, £, ¥, €.</summary>
    Currency = 8,

    /// <summary>What opens something: «, ¿, “, ©.</summary>
    Opening = 16,

    /// <summary>What closes something: », ”, ®, ™.</summary>
    Closing = 32,

    /// <summary>Digits and symbols of arithmetic: ², ¼, ×, µ.</summary>
    Numeric = 64,

    /// <summary>A Latin capital with an accent.</summary>
    Capital = 128,

    /// <summary>A small Latin letter with an accent.</summary>
    Small = 256,

    /// <summary>A capital of another script, or Þ.</summary>
    OtherCapital = 512,

    /// <summary>A small letter of another script.</summary>
    OtherSmall = 1024,
}

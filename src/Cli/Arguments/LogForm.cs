namespace FrozenSeg.Cli.Arguments;

/// <summary>Form of a log.</summary>
internal enum LogForm
{
    /// <summary>A line for people.</summary>
    Text,

    /// <summary>A JSON object a line, for machines.</summary>
    Json,
}

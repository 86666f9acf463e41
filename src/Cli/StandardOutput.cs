namespace FrozenSeg.Cli;

/// <summary>The names under which a command is asked to print its result instead of writing a file.</summary>
internal static class StandardOutput
{
    /// <summary>The usual name.</summary>
    public const string Name = "-";

    /// <summary>
    /// Whether a path means the standard output. Opened by its path, it would be written from its beginning again.
    /// </summary>
    public static bool Is(string? path) => path is Name or "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1";

    /// <summary>Prints a document.</summary>
    public static void Write(ReadOnlySpan<byte> document)
    {
        Console.Out.Flush();
        using Stream output = Console.OpenStandardOutput();
        output.Write(document);
        output.Write("\n"u8);
    }
}

using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Tells files from what only has a name like one: pipes, sockets, devices. Opening a pipe nobody writes to would wait
/// for ever, and a device may have no end. .NET does not tell them apart.
/// </summary>
internal static partial class FileKind
{
    // statx(2): its structure is the same on every architecture.
    private const int CurrentFolder = -100, TypeMask = 0xF000, RegularType = 0x8000;
    private const uint WantsType = 1;

    /// <summary>Whether what a path leads to, links followed, is there and is a file of bytes.</summary>
    public static bool IsRegular(string path)
    {
        if (!File.Exists(path))
            return false;
        if (!OperatingSystem.IsLinux())
            return new FileInfo(path).Attributes is var attributes && !attributes.HasFlag(FileAttributes.Device);
        return Read(CurrentFolder, path, 0, WantsType, out Facts facts) == 0 && (facts.Mode & TypeMask) == RegularType;
    }

    /// <summary>Whether what a path leads to is there and is something else: a pipe, a socket, a device.</summary>
    public static bool IsSpecial(string path) => File.Exists(path) && !IsRegular(path);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Read(int folder, string path, int flags, uint mask, out Facts facts);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Facts
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}

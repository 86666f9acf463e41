using System.Reflection;
using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs.Libvips;

/// <summary>
/// The few functions of libvips' C interface that the codec calls. Those that end in <c>...</c> in C take a terminating
/// null here; on x86-64 a variadic function without floating-point arguments can be called like any other.
/// </summary>
internal static unsafe partial class LibvipsNative
{
    private const string Library = "frozenseg-libvips";

    private static readonly Lazy<nint> Handle = new(Load);

    static LibvipsNative() =>
        NativeLibrary.SetDllImportResolver(
            typeof(LibvipsNative).Assembly, (name, _, _) => name == Library ? Handle.Value : 0);

    /// <summary>Whether the library lies beside the program or is installed.</summary>
    public static bool IsPresent => OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture == Architecture.X64
        && Handle.Value != 0;

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Init(string programName);

    [LibraryImport(Library, EntryPoint = "vips_version_string")]
    public static partial byte* VersionString();

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void BlockOperation(string name, int blocked);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetOperationCache(int operations);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_buffer", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewFromBuffer(byte* buffer, nuint length, string options, nint end);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory")]
    public static partial nint NewFromMemory(byte* pixels, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_colourspace")]
    public static partial int Colourspace(nint image, out nint converted, int space, nint end);

    [LibraryImport(Library, EntryPoint = "vips_flatten", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Flatten(nint image, out nint flat, string option, nint background, nint end);

    [LibraryImport(Library, EntryPoint = "vips_array_double_new")]
    public static partial nint NewDoubleArray(double* values, int count);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    public static partial void UnrefArea(nint area);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int Width(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int Height(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    public static partial byte* WriteToMemory(nint image, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_pngsave_buffer")]
    public static partial int SavePng(nint image, out byte* buffer, out nuint length, nint end);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial byte* TakeErrors();

    [LibraryImport(Library, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SetLogHandler(
        string domain, int levels, delegate* unmanaged<byte*, int, byte*, nint, void> handler, nint data);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_free")]
    public static partial void Free(void* memory);

    private static nint Load()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        IEnumerable<string> beside = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "libvips-cpp.so.*")
            : [];
        foreach (string candidate in beside.Append("libvips.so.42"))
        {
            if (NativeLibrary.TryLoad(candidate, Assembly.GetExecutingAssembly(), null, out nint handle))
                return handle;
        }

        return 0;
    }
}

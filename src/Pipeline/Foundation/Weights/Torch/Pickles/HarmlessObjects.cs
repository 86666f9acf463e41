namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>
/// Names of things that trainers keep beside weights: counters, sets, settings, numbers. Each becomes an empty
/// container or nothing at all, whatever the pickle makes it of.
/// </summary>
internal static class HarmlessObjects
{
    private static readonly HashSet<string> Containers =
    [
        "collections.Counter", "collections.defaultdict", "argparse.Namespace", "types.SimpleNamespace",
    ];

    private static readonly HashSet<string> Values =
    [
        "torch.device", "torch.memory_format", "torch.qscheme", "torch.Generator",
        "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "_codecs.encode",
        "datetime.datetime", "datetime.timedelta", "decimal.Decimal", "uuid.UUID",
        "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib.PureWindowsPath",
        "pathlib._local.PosixPath", "pathlib._local.WindowsPath",
    ];

    private static readonly HashSet<string> BuiltIn =
    [
        "set", "frozenset", "list", "dict", "tuple", "int", "float", "bool", "str", "bytes", "bytearray", "complex",
        "slice", "range", "object",
    ];

    // Types of elements, which a pickle names and never calls.
    private static readonly HashSet<string> ElementTypes =
    [
        "float", "float16", "float32", "float64", "double", "half", "bfloat16", "int", "int8", "int16", "int32",
        "int64",
        "short", "long", "uint8", "uint16", "uint32", "uint64", "bool", "complex32", "complex64", "complex128",
        "float8_e4m3fn", "float8_e5m2", "qint8", "quint8", "qint32", "strided", "sparse_coo",
    ];

    /// <summary>Whether a name stands for one of them.</summary>
    public static bool Contains(PickleGlobal global) => IsContainer(global) || Values.Contains(global.ToString())
        || (global.Module == "torch" && ElementTypes.Contains(global.Name));

    /// <summary>What calling one of them stands for.</summary>
    public static object? Make(PickleGlobal global) => IsContainer(global) ? new PickleDictionary() : null;

    private static bool IsContainer(PickleGlobal global) => Containers.Contains(global.ToString())
        || (global.Module is "__builtin__" or "builtins" && BuiltIn.Contains(global.Name));
}

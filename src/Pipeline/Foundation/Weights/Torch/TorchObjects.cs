using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>
/// The names a checkpoint may use: tensors, storages, ordered dictionaries, and inert TorchScript modules.
/// </summary>
/// <param name="budget">Pays for what calls walk over.</param>
internal sealed class TorchObjects(PickleBudget budget) : IPickleObjects
{
    private const string ScriptModules = "__torch__";

    private static readonly PickleGlobal
        OrderedDictionary = new("collections", "OrderedDict"),
        Size = new("torch", "Size"),
        TensorV1 = new("torch._utils", "_rebuild_tensor"),
        TensorV2 = new("torch._utils", "_rebuild_tensor_v2"),
        Parameter = new("torch._utils", "_rebuild_parameter"),
        IntegerList = new("torch.jit._pickle", "build_intlist");

    private static readonly HashSet<PickleGlobal> Known =
        [OrderedDictionary, Size, TensorV1, TensorV2, Parameter, IntegerList];

    private static readonly Dictionary<string, ElementType> StorageTypes = new()
    {
        ["FloatStorage"] = ElementType.Float32,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["DoubleStorage"] = ElementType.Float64,
        ["LongStorage"] = ElementType.Int64,
        ["IntStorage"] = ElementType.Int32,
        ["ByteStorage"] = ElementType.UInt8,
        ["BoolStorage"] = ElementType.Bool,
        ["CharStorage"] = ElementType.Int8,
        ["ShortStorage"] = ElementType.Int16,
        ["ComplexFloatStorage"] = ElementType.Complex64,
        ["ComplexDoubleStorage"] = ElementType.Complex128,
        ["UInt16Storage"] = ElementType.UInt16,
        ["UInt32Storage"] = ElementType.UInt32,
        ["UInt64Storage"] = ElementType.UInt64,
        ["Float8_e4m3fnStorage"] = ElementType.Float8E4M3,
        ["Float8_e5m2Storage"] = ElementType.Float8E5M2,
    };

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>Every storage that was mentioned, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <inheritdoc/>
    public void ThrowIfForbidden(PickleGlobal global)
    {
        bool isAllowed = Known.Contains(global) || (global.Module == "torch" && StorageTypes.ContainsKey(global.Name))
            || IsScriptModule(global) || HarmlessObjects.Contains(global);
        if (!isAllowed)
            throw new PickleException($"it asks for '{Shorten(global.ToString())}', which is neither a tensor nor a "
                + "container; nothing was run");
    }

    /// <inheritdoc/>
    public object? Call(object? callee, object?[] arguments) => (callee, arguments) switch
    {
        (PickleGlobal global, [TorchStorage storage, var offset, var size, var strides, ..])
            when global == TensorV2 || global == TensorV1 => TorchTensor.From(storage, offset, size, strides),
        (PickleGlobal global, [TorchTensor tensor, ..]) when global == Parameter => tensor,
        (PickleGlobal global, []) when global == OrderedDictionary => new PickleDictionary(),
        (PickleGlobal global, [List<object?> pairs]) when global == OrderedDictionary => FromPairs(pairs),
        (PickleGlobal global, [object?[] sizes]) when global == Size => sizes,
        (PickleGlobal global, [List<object?> values]) when global == IntegerList => values,
        (PickleGlobal global, []) when IsScriptModule(global) => new TorchModule(),
        (PickleGlobal global, _) when HarmlessObjects.Contains(global) => HarmlessObjects.Make(global),
        (PickleGlobal global, _) =>
            throw new PickleException($"it gives '{Shorten(global.ToString())}' arguments it does not take"),
        _ => throw new PickleException("it calls something that is not a function"),
    };

    /// <inheritdoc/>
    // ('storage', type, key, device, count), and an old form with the view a storage is of another, which nobody
    // writes.
    public object? Load(object? id)
    {
        if (id is not object?[] { Length: 5 or 6 } parts
            || parts is not ["storage", PickleGlobal type, string key, _, long count and >= 0, ..]
            || (parts.Length == 6 && parts[5] is not null)
            || !StorageTypes.TryGetValue(type.Name, out ElementType elements))
        {
            throw new PickleException("it refers to something outside that is not a storage of a supported type");
        }

        var storage = new TorchStorage(key, elements, count);
        if (_storages.TryGetValue(key, out TorchStorage? known) && known.Type.Size() != elements.Size())
            throw new PickleException($"it reads storage {Shorten(key)} as {known.Type} and as {elements}");
        return _storages[key] = storage;
    }

    private PickleDictionary FromPairs(List<object?> pairs)
    {
        budget.Step(pairs.Count);
        var dictionary = new PickleDictionary();
        foreach (object? pair in pairs)
        {
            if (pair is not (object?[] { Length: 2 } or List<object?> { Count: 2 }))
                throw new PickleException("it makes a dictionary of something else than pairs");
            var items = (IReadOnlyList<object?>)pair;
            dictionary.Set(items[0], items[1]);
        }

        return dictionary;
    }

    private static bool IsScriptModule(PickleGlobal global) =>
        global.Module == ScriptModules || global.Module.StartsWith(ScriptModules + ".", StringComparison.Ordinal);

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}

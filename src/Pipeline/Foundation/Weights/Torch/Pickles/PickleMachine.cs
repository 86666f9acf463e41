namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>
/// Reads data out of a Python pickle. A pickle is a program for a stack machine that may name and call any function;
/// this machine has no functions. Names are kept as text, calls go to <see cref="IPickleObjects"/>, which knows the
/// handful that stand for tensors and containers, and everything else is refused by name.
/// </summary>
/// <remarks>
/// Values are null, bool, long, <see cref="System.Numerics.BigInteger"/>, double, string, object[] for tuples, lists,
/// <see cref="PickleDictionary"/>, <see cref="PickleGlobal"/>, and whatever <see cref="IPickleObjects"/> makes.
/// </remarks>
internal sealed class PickleMachine
{
    private const int NewestProtocol = 5;

    private readonly PickleInput _input;
    private readonly IPickleObjects _objects;
    private readonly PickleBudget _budget;
    private readonly PickleStack _stack;
    private readonly Dictionary<long, object?> _memo = [];

    private PickleMachine(PickleInput input, IPickleObjects objects, PickleBudget budget)
    {
        _input = input;
        _objects = objects;
        _budget = budget;
        _stack = new PickleStack(budget);
    }

    /// <summary>Reads one pickle; <paramref name="input"/> is left behind it.</summary>
    /// <exception cref="PickleException">The pickle is damaged, holds something else than data, or costs too
    /// much.</exception>
    public static object? Read(PickleInput input, IPickleObjects objects, PickleBudget budget) =>
        new PickleMachine(input, objects, budget).Run();

    private object? Run()
    {
        while (true)
        {
            _budget.Step();
            int at = _input.Position;
            var opcode = (PickleOpcode)_input.Byte();
            if (opcode is PickleOpcode.Stop)
                return _stack.Pop();
            if (!(Constant(opcode) || Line(opcode) || Container(opcode) || Memo(opcode) || Object(opcode)))
                throw new PickleException($"it holds the instruction {Name(opcode)} at byte {at}, which no data needs");
        }
    }

    private static string Name(PickleOpcode opcode) =>
        Enum.IsDefined(opcode) ? opcode.ToString().ToUpperInvariant() : $"0x{(byte)opcode:x2}";

    private bool Constant(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                if (_input.Byte() is > NewestProtocol and byte protocol)
                    throw new PickleException($"it is of pickle protocol {protocol}");
                return true;
            case PickleOpcode.Frame:
                _input.Skip(8);
                return true;
            case PickleOpcode.None:
                return Push(null);
            case PickleOpcode.NewTrue:
                return Push(true);
            case PickleOpcode.NewFalse:
                return Push(false);
            case PickleOpcode.BinInt:
                return Push((long)_input.Int32());
            case PickleOpcode.BinInt1:
                return Push((long)_input.Byte());
            case PickleOpcode.BinInt2:
                return Push(_input.UInt16());
            case PickleOpcode.Long1:
                return Push(_input.Integer(_input.Byte()));
            case PickleOpcode.Long4:
                return Push(_input.Integer(_input.Int32()));
            case PickleOpcode.BinFloat:
                return Push(_input.Float());
            case PickleOpcode.BinUnicode or PickleOpcode.BinString:
                return Push(_input.Text((uint)_input.Int32()));
            case PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString:
                return Push(_input.Text(_input.Byte()));
            case PickleOpcode.BinBytes:
                _input.Skip((uint)_input.Int32());
                return Push(null);
            case PickleOpcode.ShortBinBytes:
                _input.Skip(_input.Byte());
                return Push(null);
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8:
                _input.Skip((long)Math.Min(_input.UInt64(), long.MaxValue));
                return Push(null);
            case PickleOpcode.BinUnicode8:
                return Push(_input.Text((long)Math.Min(_input.UInt64(), long.MaxValue)));
            default:
                return false;
        }
    }

    // The forms of protocol 0, a line of text each.
    private bool Line(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Int or PickleOpcode.Long:
                return Push(PickleText.Number(_input.Line()));
            case PickleOpcode.Float:
                return Push(PickleText.Real(_input.Line()));
            case PickleOpcode.String:
                return Push(PickleText.Quoted(_input.Line()));
            case PickleOpcode.Unicode:
                return Push(PickleText.Unescaped(_input.Line()));
            case PickleOpcode.Get:
                return Push(Recall(PickleText.Place(_input.Line())));
            case PickleOpcode.Put:
                _memo[PickleText.Place(_input.Line())] = _stack.Peek();
                return true;
            default:
                return false;
        }
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                _stack.Mark();
                return true;
            case PickleOpcode.EmptyTuple:
                return Push(Array.Empty<object?>());
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                return Push(_stack.Pop(opcode - PickleOpcode.Tuple1 + 1));
            case PickleOpcode.Tuple:
                return Push(_stack.PopMarked());
            case PickleOpcode.EmptyList:
                return Push(new List<object?>());
            case PickleOpcode.List:
                return Push(new List<object?>(_stack.PopMarked()));
            case PickleOpcode.Append:
                return Extend(_stack.Pop(1));
            case PickleOpcode.Appends:
                return Extend(_stack.PopMarked());
            case PickleOpcode.EmptyDict:
                return Push(new PickleDictionary());
            case PickleOpcode.Dict:
                return Push(Fill(new PickleDictionary(), _stack.PopMarked()));
            case PickleOpcode.SetItem:
                return SetItems(_stack.Pop(2));
            case PickleOpcode.SetItems:
                return SetItems(_stack.PopMarked());
            case PickleOpcode.EmptySet:
                return Push(new PickleDictionary());
            case PickleOpcode.AddItems:
                _stack.PopMarked();
                return true;
            case PickleOpcode.FrozenSet:
                _stack.PopMarked();
                return Push(new PickleDictionary());
            default:
                return false;
        }
    }

    private bool Memo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinGet:
                return Push(Recall(_input.Byte()));
            case PickleOpcode.LongBinGet:
                return Push(Recall((uint)_input.Int32()));
            case PickleOpcode.BinPut:
                _memo[_input.Byte()] = _stack.Peek();
                return true;
            case PickleOpcode.LongBinPut:
                _memo[(uint)_input.Int32()] = _stack.Peek();
                return true;
            case PickleOpcode.Memoize:
                _memo[_memo.Count] = _stack.Peek();
                return true;
            case PickleOpcode.Dup:
                return Push(_stack.Peek());
            case PickleOpcode.Pop:
                _stack.Pop();
                return true;
            case PickleOpcode.PopMark:
                _stack.PopMarked();
                return true;
            default:
                return false;
        }
    }

    private bool Object(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                return PushGlobal(_input.Line(), _input.Line());
            case PickleOpcode.StackGlobal:
                object?[] names = _stack.Pop(2);
                return PushGlobal(Text(names[0]), Text(names[1]));
            case PickleOpcode.Reduce or PickleOpcode.NewObj:
                object?[] call = _stack.Pop(2);
                return Push(_objects.Call(
                    call[0], call[1] as object?[] ?? throw new PickleException(
                        "it calls something without a tuple of arguments")));
            case PickleOpcode.BinPersId:
                return Push(_objects.Load(_stack.Pop()));
            case PickleOpcode.Build:
                Build(_stack.Pop());
                return true;
            default:
                return false;
        }
    }

    // The state of an object becomes its entries; what an OrderedDict carries besides its items is of no use to us.
    private void Build(object? state)
    {
        switch (_stack.Peek())
        {
            case TorchModule module when state is PickleDictionary attributes:
                _budget.Step(attributes.Count);
                foreach ((string name, object? value) in attributes.Entries)
                    module.Attributes.Set(name, value);
                break;
            case PickleDictionary or null:
                break;
            default:
                throw new PickleException("it sets the state of something that is not a container");
        }
    }

    private bool PushGlobal(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        _objects.ThrowIfForbidden(global);
        return Push(global);
    }

    private bool SetItems(object?[] items)
    {
        if (_stack.Peek() is not PickleDictionary dictionary)
            throw new PickleException("it sets items of something that is not a dictionary");
        Fill(dictionary, items);
        return true;
    }

    private static PickleDictionary Fill(PickleDictionary dictionary, object?[] items)
    {
        if (items.Length % 2 != 0)
            throw new PickleException("it holds a key without a value");
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Set(items[i], items[i + 1]);
        return dictionary;
    }

    private bool Extend(object?[] items)
    {
        if (_stack.Peek() is not List<object?> list)
            throw new PickleException("it appends to something that is not a list");
        list.AddRange(items);
        return true;
    }

    private object? Recall(long place) => _memo.TryGetValue(place, out object? value)
        ? value
        : throw new PickleException("it recalls what it never stored");

    private static string Text(object? value) =>
        value as string ?? throw new PickleException("it names something without text");

    private bool Push(object? value)
    {
        _stack.Push(value);
        return true;
    }
}

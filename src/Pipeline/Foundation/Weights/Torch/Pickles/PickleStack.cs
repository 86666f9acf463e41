namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>The stack of a pickle's machine, with the marks that say where a list of values begins.</summary>
/// <param name="budget">Pays for every value that is taken.</param>
internal sealed class PickleStack(PickleBudget budget)
{
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    // Nothing below the last mark may be touched.
    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    /// <summary>Puts a value on top.</summary>
    public void Push(object? value) => _values.Add(value);

    /// <summary>Marks the place of the next value.</summary>
    public void Mark() => _marks.Push(_values.Count);

    /// <summary>The value on top.</summary>
    /// <exception cref="PickleException">There is none.</exception>
    public object? Peek() => _values.Count > Floor ? _values[^1] : throw Underflow();

    /// <summary>Takes the value on top.</summary>
    /// <exception cref="PickleException">There is none.</exception>
    public object? Pop() => Pop(1)[0];

    /// <summary>Takes so many values, in the order they were put there.</summary>
    /// <exception cref="PickleException">There are fewer.</exception>
    public object?[] Pop(int count)
    {
        if (_values.Count - count < Floor)
            throw Underflow();
        budget.Step(count);
        object?[] values = new object?[count];
        _values.CopyTo(_values.Count - count, values, 0, count);
        _values.RemoveRange(_values.Count - count, count);
        return values;
    }

    /// <summary>Takes all values above the last mark, and the mark.</summary>
    /// <exception cref="PickleException">There is no mark.</exception>
    public object?[] PopMarked()
    {
        if (!_marks.TryPeek(out int mark))
            throw Underflow();
        object?[] values = Pop(_values.Count - mark);
        _marks.Pop();
        return values;
    }

    private static PickleException Underflow() => new("it takes more from its stack than it put there");
}

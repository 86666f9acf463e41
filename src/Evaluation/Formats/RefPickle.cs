using System.Globalization;
using System.Text;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>
/// Reads RefCOCO's <c>refs(….p</c>: a pickled list of dictionaries of numbers, texts and lists, protocols 0 to 4. Nothing but
/// these is understood, so nothing in a file can run code.
/// </summary>
internal sealed class RefPickle
{
    private static readonly object Mark = new();

    private readonly byte[] _bytes;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];
    private int _at;

    private RefPickle(byte[] bytes) => _bytes = bytes;

    /// <exception cref="SegmentationProblemException">The file cannot be read or holds anything else.</exception>
    public static ReferringDocument Read(string path)
    {
        try
        {
            object? root = new RefPickle(EvaluationFiles.Load(path)).Load();
            return new ReferringDocument { Refs = [.. ((List<object?>)root!).Select(entry => Entry((Dictionary<object, object?>)entry!))] };
        }
        catch (Exception failure) when (failure is InvalidCastException or IndexOutOfRangeException or ArgumentException or FormatException
            or KeyNotFoundException or NullReferenceException or InvalidDataException or OverflowException)
        {
            throw new SegmentationProblem(
                ProblemKind.InvalidRequest, path, $"it is no list of references ({failure.Message.TrimEnd('.')})", "Give RefCOCO's refs file, or JSON")
                .ToException(failure);
        }
    }

    private static ReferringEntry Entry(Dictionary<object, object?> fields) => new()
    {
        RefId = Text(fields.GetValueOrDefault("ref_id")),
        ImageId = Text(fields.GetValueOrDefault("image_id")),
        FileName = Text(fields.GetValueOrDefault("file_name")),
        Split = Text(fields.GetValueOrDefault("split")),
        NoTarget = fields.GetValueOrDefault("no_target") is true,
        AnnId = fields.GetValueOrDefault("ann_id") switch
        {
            long id => [id],
            List<object?> ids => [.. ids.Select(id => (long)id!)],
            _ => null,
        },
        Sentences = [.. ((List<object?>)fields["sentences"]!).Select(entry => Sentence((Dictionary<object, object?>)entry!))],
    };

    private static ReferringSentence Sentence(Dictionary<object, object?> fields) =>
        new() { SentId = Text(fields.GetValueOrDefault("sent_id")), Sent = Text(fields.GetValueOrDefault("sent")) };

    private static string? Text(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    private object? Load()
    {
        while (true)
        {
            char code = (char)_bytes[_at++];
            if (code == '.')
                return Pop();
            Execute(code);
        }
    }

    private void Execute(char code)
    {
        switch (code)
        {
            case '\x80': // PROTO
                _at++;
                break;
            case '\x95': // FRAME
                _at += 8;
                break;
            case '(':
                _stack.Add(Mark);
                break;
            case ']':
                _stack.Add(new List<object?>());
                break;
            case '}':
                _stack.Add(new Dictionary<object, object?>());
                break;
            case ')':
                _stack.Add(new List<object?>());
                break;
            case 'l' or 't':
                _stack.Add(PopMarked());
                break;
            case '\x85' or '\x86' or '\x87': // TUPLE1 to TUPLE3
                Collect(code - '\x84');
                break;
            case 'd':
                AddPairs([], PopMarked());
                break;
            case 'a':
                Append(Pop());
                break;
            case 'e':
                List<object?> items = PopMarked();
                ((List<object?>)_stack[^1]!).AddRange(items);
                break;
            case 's':
                object? value = Pop();
                ((Dictionary<object, object?>)_stack[^2]!)[Pop()!] = value;
                break;
            case 'u':
                List<object?> pairs = PopMarked();
                AddPairs((Dictionary<object, object?>)Pop()!, pairs);
                break;
            default:
                ExecuteValue(code);
                break;
        }
    }

    private void ExecuteValue(char code)
    {
        switch (code)
        {
            case 'N':
                _stack.Add(null);
                break;
            case '\x88' or '\x89':
                _stack.Add(code == '\x88');
                break;
            case 'I' or 'L':
                _stack.Add(Number(Line().TrimEnd('L')));
                break;
            case 'F':
                _stack.Add(double.Parse(Line(), CultureInfo.InvariantCulture));
                break;
            case 'G':
                _stack.Add(BitConverter.Int64BitsToDouble((long)Big(8)));
                break;
            case 'J':
                _stack.Add((long)(int)Little(4));
                break;
            case 'K':
                _stack.Add((long)Little(1));
                break;
            case 'M':
                _stack.Add((long)Little(2));
                break;
            case '\x8a': // LONG1
                _stack.Add(Long((int)Little(1)));
                break;
            case 'S':
                _stack.Add(Unquote(Line()));
                break;
            case 'V':
                _stack.Add(System.Text.RegularExpressions.Regex.Unescape(Line()));
                break;
            case 'U' or '\x8c':
                _stack.Add(Characters((int)Little(1)));
                break;
            case 'T' or 'X':
                _stack.Add(Characters((int)Little(4)));
                break;
            default:
                ExecuteMemo(code);
                break;
        }
    }

    private void ExecuteMemo(char code)
    {
        switch (code)
        {
            case 'p':
                _memo[int.Parse(Line(), CultureInfo.InvariantCulture)] = _stack[^1];
                break;
            case 'q':
                _memo[(int)Little(1)] = _stack[^1];
                break;
            case 'r':
                _memo[(int)Little(4)] = _stack[^1];
                break;
            case '\x94': // MEMOIZE
                _memo[_memo.Count] = _stack[^1];
                break;
            case 'g':
                _stack.Add(_memo[int.Parse(Line(), CultureInfo.InvariantCulture)]);
                break;
            case 'h':
                _stack.Add(_memo[(int)Little(1)]);
                break;
            case 'j':
                _stack.Add(_memo[(int)Little(4)]);
                break;
            default:
                throw new InvalidDataException($"the pickle has the instruction 0x{(int)code:x2}, which no list of references needs");
        }
    }

    private object? Pop()
    {
        object? top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private List<object?> PopMarked()
    {
        int mark = _stack.LastIndexOf(Mark);
        List<object?> items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Collect(int count)
    {
        List<object?> items = _stack.GetRange(_stack.Count - count, count);
        _stack.RemoveRange(_stack.Count - count, count);
        _stack.Add(items);
    }

    private void Append(object? item) => ((List<object?>)_stack[^1]!).Add(item);

    private void AddPairs(Dictionary<object, object?> target, List<object?> pairs)
    {
        for (int i = 0; i + 1 < pairs.Count; i += 2)
            target[pairs[i]!] = pairs[i + 1];
        _stack.Add(target);
    }

    private string Line()
    {
        int end = Array.IndexOf(_bytes, (byte)'\n', _at);
        string line = Encoding.UTF8.GetString(_bytes, _at, end - _at);
        _at = end + 1;
        return line;
    }

    private string Characters(int count)
    {
        _at += count;
        return Encoding.UTF8.GetString(_bytes, _at - count, count);
    }

    private static object Number(string text) => text switch
    {
        "00" => false,
        "01" => true,
        _ => long.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Unquote(string text) => System.Text.RegularExpressions.Regex.Unescape(text[1..^1]);

    private ulong Little(int count)
    {
        ulong value = 0;
        for (int i = 0; i < count; i++)
            value |= (ulong)_bytes[_at++] << (8 * i);
        return value;
    }

    private ulong Big(int count)
    {
        ulong value = 0;
        for (int i = 0; i < count; i++)
            value = (value << 8) | _bytes[_at++];
        return value;
    }

    private long Long(int count)
    {
        if (count is 0 or > 8)
            return count == 0 ? 0 : throw new InvalidDataException("a number is too large");
        int shift = 64 - (8 * count);
        return (long)(Little(count) << shift) >> shift;
    }
}

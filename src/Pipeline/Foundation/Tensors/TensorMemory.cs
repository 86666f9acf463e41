using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Foundation.Tensors;

/// <summary>
/// Aligned native memory behind a <see cref="TensorBuffer{T}"/>, and the count of what is still alive.
/// </summary>
internal sealed unsafe class TensorMemory : IDisposable
{
    // A cache line, and the widest vector register.
    private const int Alignment = 64;

    private static int _alive;
    private void* _pointer;

    private TensorMemory(void* pointer, nuint length)
    {
        _pointer = pointer;
        Length = length;
        Interlocked.Increment(ref _alive);
    }

    ~TensorMemory() => Release();

    /// <summary>How many blocks have been allocated and not released; tests watch it for leaks.</summary>
    public static int Alive => Volatile.Read(ref _alive);

    /// <summary>Size in bytes.</summary>
    public nuint Length { get; }

    /// <summary>Where the block begins.</summary>
    public nint Address => (nint)_pointer;

    /// <summary>Allocates <paramref name="length"/> bytes, zeroed.</summary>
    public static TensorMemory Allocate(nuint length)
    {
        void* pointer = NativeMemory.AlignedAlloc(Math.Max(length, 1), Alignment);
        NativeMemory.Clear(pointer, length);
        return new TensorMemory(pointer, length);
    }

    /// <summary>Returns the block to the system; further calls do nothing.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_pointer == null)
            return;
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        Interlocked.Decrement(ref _alive);
    }
}

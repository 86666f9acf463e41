using Microsoft.Win32.SafeHandles;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs.Libvips;

/// <summary>Owns one reference to a VipsImage.</summary>
internal sealed class VipsImageHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public VipsImageHandle(nint image)
        : base(ownsHandle: true) => SetHandle(image);

    protected override bool ReleaseHandle()
    {
        LibvipsNative.Unref(handle);
        return true;
    }

    /// <summary>Lends the raw pointer while <paramref name="use"/> runs.</summary>
    public T Use<T>(Func<nint, T> use)
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            return use(handle);
        }
        finally
        {
            if (held)
                DangerousRelease();
        }
    }
}

using FrozenSeg.Pipeline.Foundation.Imaging.Codecs.ImageSharp;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

public static partial class ImageCodecs
{
    static partial void AddImageSharp(ICollection<IImageCodec> codecs) => codecs.Add(new ImageSharpCodec());
}

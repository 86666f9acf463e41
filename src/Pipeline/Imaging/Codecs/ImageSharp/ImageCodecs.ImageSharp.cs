using FrozenSeg.Pipeline.Imaging.Codecs.ImageSharp;

namespace FrozenSeg.Pipeline.Imaging.Codecs;

public static partial class ImageCodecs
{
    static partial void AddImageSharp(ICollection<IImageCodec> codecs) => codecs.Add(new ImageSharpCodec());
}

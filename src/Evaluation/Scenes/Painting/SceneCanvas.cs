using System.Numerics;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Scenes.Painting;

/// <summary>A picture in the making: light as float, and who owns each pixel (0 to n − 1).</summary>
internal sealed class SceneCanvas(int size)
{
    private readonly Vector3[] _light = new Vector3[size * size];

    public int Size => size;

    /// <summary>Owner of every pixel, row-major.</summary>
    public int[] Owners { get; } = new int[size * size];

    public ref Vector3 this[int x, int y] => ref _light[(y * size) + x];

    /// <summary>Brightens one side and darkens the other.</summary>
    public void Illuminate(SceneRandom random)
    {
        float angle = random.Range(0, 2 * MathF.PI), strength = random.Range(0, .22f), all = random.Range(.9f, 1.08f);
        float stepX = MathF.Cos(angle) * strength * 2 / size, stepY = MathF.Sin(angle) * strength * 2 / size;
        for (int y = 0, at = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++, at++)
                _light[at] *= all + (stepX * (x - (size / 2f))) + (stepY * (y - (size / 2f)));
        }
    }

    /// <summary>Blurs by 1-2-1 in both directions, mixed with the sharp picture.</summary>
    public void Blur(float share)
    {
        Vector3[] across = new Vector3[_light.Length];
        for (int at = 0; at < _light.Length; at++)
        {
            int x = at % size;
            across[at] = (_light[x > 0 ? at - 1 : at] + (2 * _light[at]) + _light[x < size - 1 ? at + 1 : at]) / 4;
        }

        for (int at = 0; at < _light.Length; at++)
        {
            int y = at / size;
            Vector3 down = (
                across[y > 0 ? at - size : at] + (2 * across[at]) + across[y < size - 1 ? at + size : at]) / 4;
            _light[at] = Vector3.Lerp(_light[at], down, share);
        }
    }

    /// <summary>The finished picture, with sensor noise.</summary>
    public PixelImage Develop(float noise, SceneRandom random)
    {
        var image = new PixelImage(size, size);
        Span<byte> pixels = image.Pixels;
        for (int at = 0, to = 0; at < _light.Length; at++, to += PixelImage.Channels)
        {
            Vector3 light = _light[at] + new Vector3(
                noise * random.Bell(), noise * random.Bell(), noise * random.Bell());
            pixels[to] = Round(light.X);
            pixels[to + 1] = Round(light.Y);
            pixels[to + 2] = Round(light.Z);
        }

        return image;
    }

    private static byte Round(float value) => (byte)Math.Clamp(value + .5f, 0, 255);
}

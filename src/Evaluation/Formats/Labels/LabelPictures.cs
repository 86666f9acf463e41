using System.Buffers;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Foundation.Imaging.Tiff;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats.Labels;

/// <summary>
/// Pictures whose samples are labels: PNGs, and the TIFFs that ADE20K-847 and Pascal Context 459 come in.
/// </summary>
internal static class LabelPictures
{
    private const int GreyType = 0, RgbType = 2, PaletteType = 3;

    /// <summary>What a picture's header says.</summary>
    /// <returns>Null when the file is missing or neither a PNG nor a TIFF, with the problem noted.</returns>
    public static RasterFacts? Facts(string path, ProblemLog problems)
    {
        if (Path.GetExtension(path) is not (".tif" or ".tiff"))
            return RasterFacts.Read(path, problems);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 512);
            TiffHeader header = TiffHeader.Read(file, path);
            if (header.StripOffsets.Zip(header.StripLengths).Any(strip => strip.First + strip.Second > file.Length))
                throw DecodingProblems.Damaged(path, "a strip runs past the end", remedy: "Give an intact TIFF");
            int type = header.Samples > 1 ? RgbType : header.Photometric == PaletteType ? PaletteType : GreyType;
            return new RasterFacts(header.Width, header.Height, header.BitDepth, type, header.HasProfile);
        }
        catch (SegmentationProblemException failure)
        {
            problems.Add(failure);
        }
        catch (FileNotFoundException)
        {
            problems.Add(path, "the file is missing", "Write it, or take it out of the list");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                SegmentationProblem.Storage(path, $"the file cannot be read ({failure.Message})", "Check the path"));
        }

        return null;
    }

    /// <summary>A picture's samples as they are stored.</summary>
    /// <exception cref="SegmentationProblemException">The file cannot be read.</exception>
    public static Raster Read(string path)
    {
        byte[] encoded = EvaluationFiles.Load(path);
        return TiffHeader.IsTiff(encoded)
            ? TiffRasterReader.Read(encoded, path, ImageLimits.Default)
            : PngRasterReader.Read(encoded, path, ImageLimits.Default);
    }

    /// <summary>
    /// The same in an array that others have used before: evaluations read two pictures after the other two, and new
    /// arrays of this size would pile up until the collector comes round.
    /// </summary>
    public static RentedRaster Rent(string path)
    {
        ArrayPool<byte> pool = ArrayPool<byte>.Shared;
        ArraySegment<byte> encoded = EvaluationFiles.Load(path, pool);
        try
        {
            return TiffHeader.IsTiff(encoded)
                ? new RentedRaster(TiffRasterReader.Read([.. encoded], path, ImageLimits.Default), null)
                : new RentedRaster(PngRasterReader.Read(encoded, path, ImageLimits.Default, pool), pool);
        }
        finally
        {
            pool.Return(encoded.Array!);
        }
    }

    /// <summary>The label of each pixel; of an RGB pixel R + 256 G + 256² B.</summary>
    public static LabelMap Map(Raster raster)
    {
        var map = new LabelMap(raster.Height, raster.Width);
        int pixel = RasterRuns.PixelBytes(raster);
        for (int y = 0; y < raster.Height; y++)
        {
            ReadOnlySpan<byte> row = RasterRuns.Row(raster, y);
            for (int x = 0; x < raster.Width;)
            {
                (int label, int end) = RasterRuns.At(row, x, pixel);
                map.Labels[((y * raster.Width) + x)..((y * raster.Width) + end)].Fill(label);
                x = end;
            }
        }

        return map;
    }
}

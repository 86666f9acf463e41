using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Methods;

/// <summary>One bounded cache of what encoders made of pictures, whichever method asks.</summary>
public sealed class SharedFeaturesTests : IDisposable
{
    private const long Capacity = 64 << 20;

    private static readonly (string, string) Small = ("min_size", "64");

    private readonly TemporaryFolder _folder = new();
    private readonly ModelLibrary _library;
    private readonly PixelImage _image = TestPicture.Make(64, 64);

    public SharedFeaturesTests()
    {
        foreach (string folder in (string[])["sam", "frozenseg", "clip"])
            Directory.CreateDirectory(_folder.Path(folder));
        _library = new ModelLibrary(
            new ModelSelection
            {
                Sam = TinySam.Write(_folder.Path("sam")),
                FrozenSegCheckpoint = TinyFrozenSeg.Write(_folder.Path("frozenseg")),
                CarClip = SmallClip.Write(_folder.Path("clip")),
            },
            TinySam.Sessions,
            Capacity);
    }

    public void Dispose()
    {
        _library.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Segment_TheSamePictureAgain_IsEncodedOnceByEachNetwork()
    {
        Masks("2");
        Words("frozenseg", "car; grass (stuff)", Small);
        Words("car", "car");
        long made = _library.Features.Figures.Misses;

        Masks("3");
        Words("frozenseg", "fish; sky (stuff)", Small);
        Words("car", "tree");
        // Snapping asks for the masks of the SAM that made automatic masks.
        Words("car", "tree", ("snap", "true"));

        Assert.Equal(3, made);
        Assert.Equal((3, 5), (_library.Features.Figures.Misses, _library.Features.Figures.Hits));
        Assert.InRange(_library.Features.Figures.Bytes, 1, Capacity);
    }

    [Fact]
    public void Sam_ThatRemembers_HasItsOwnPreset()
    {
        using var keeping = new ModelLibrary(NanoModels.Resolve(ModelSelection.Default), TinySam.Sessions, Capacity);

        Assert.Equal(
            (AutomaticMaskPresets.Nano, AutomaticMaskPresets.Official),
            (keeping.Sam.MaskPreset, _library.Sam.MaskPreset));
    }

    private void Masks(string pointsPerSide) =>
        Run("automask", new SegmentationOrder(null, [SegmentationTask.Masks]), ("points_per_side", pointsPerSide));

    private void Words(string method, string words, params (string Name, string Value)[] settings) =>
        Run(method, new SegmentationOrder(Vocabulary.Parse(words), [SegmentationTask.Semantic]), settings);

    private void Run(string method, SegmentationOrder order, params (string Name, string Value)[] settings)
    {
        using ISegmentationMethod made = MethodFactory.Create(
            method, _library, settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        made.Segment(_image, order, null, default);
    }
}

using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg;

/// <summary>What was found in one picture. Immutable; safe for many readers.</summary>
public sealed class Segmentation
{
    private readonly PixelImage _picture;
    private readonly SegmentationOutcome _outcome;

    internal Segmentation(PixelImage picture, SegmentationResult document, SegmentationOutcome outcome)
    {
        _picture = picture;
        _outcome = outcome;
        Document = document;
        Segments = [.. document.Segments.Select(segment => new Segment(segment))];
    }

    /// <summary>What was found: panoptic segments do not overlap, instances and masks may.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Columns of the picture, upright.</summary>
    public int Width => _picture.Width;

    /// <summary>Rows of the picture, upright.</summary>
    public int Height => _picture.Height;

    /// <summary>Name of the method that was used.</summary>
    public string Method => Document.Request.Method;

    /// <summary>Anything a user should know: what was cut, skipped or guessed.</summary>
    public IReadOnlyList<string> Warnings => Document.Warnings;

    /// <summary>The whole answer, as <c>result.json</c> holds it, with models, settings and timings.</summary>
    public SegmentationResult Document { get; }

    /// <summary>The picture with the segments painted on it and named, as a PNG.</summary>
    public byte[] ToOverlayPng() => ImageCodec.EncodePng(ResultWriter.Overlay(_picture, Document, _outcome));

    /// <summary>
    /// Writes <c>result.json</c>, maps and overlay into a folder. Maps and overlay that a <c>result.json</c> there
    /// names, and this one does not have, are deleted.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ResultWriter.Write(folder, _picture, Document, _outcome);
    }
}

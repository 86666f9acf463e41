// dotnet run -- picture.png "mushroom; grass (stuff); sky (stuff)"
using FrozenSeg;

using var segmenter = new Segmenter();
Segmentation found = await segmenter.SegmentFileAsync(args[0], args[1]);
foreach (Segment segment in found.Segments)
    Console.WriteLine(
        $"{segment.Label}: {segment.Score:F2}, {segment.Area} pixels at {segment.Box.X}, {segment.Box.Y}");
await File.WriteAllBytesAsync("overlay.png", found.ToOverlayPng());

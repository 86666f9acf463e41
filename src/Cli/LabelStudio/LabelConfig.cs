using System.Xml;
using System.Xml.Linq;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>
/// What a project's labelling interface says: where the picture is, and which control takes masks or outlines.
/// </summary>
/// <param name="FromName">Name of the control.</param>
/// <param name="ToName">Name of the picture it belongs to.</param>
/// <param name="ImageField">Field of a task that holds the picture's address.</param>
/// <param name="IsBrush">Brush masks; otherwise polygons.</param>
/// <param name="Labels">Its labels, in order.</param>
internal sealed record LabelConfig(
    string FromName, string ToName, string ImageField, bool IsBrush, IReadOnlyList<string> Labels)
{
    private const string Brush = "BrushLabels", Polygon = "PolygonLabels";

    /// <summary>Reads a labelling interface.</summary>
    /// <param name="xml">As the project has it.</param>
    /// <exception cref="SegmentationProblemException">It is not XML, or has no picture with brush or polygon
    /// labels.</exception>
    public static LabelConfig Read(string? xml)
    {
        XElement root = Parse(xml);
        XElement control = root.Descendants(Brush).Concat(root.Descendants(Polygon)).FirstOrDefault()
            ?? throw SegmentationProblem.InvalidRequest(
                "label_config",
                "it has neither BrushLabels nor PolygonLabels", "Add <BrushLabels name=\"tag\" toName=\"image\">");
        string toName = (string?)control.Attribute("toName") ?? "";
        XElement image = root.Descendants("Image").FirstOrDefault(known => (string?)known.Attribute("name") == toName)
            ?? throw SegmentationProblem.InvalidRequest(
                "label_config",
                $"there is no Image named '{toName}'", "Add <Image name=\"image\" value=\"$image\"/>");
        return new LabelConfig(
            (string?)control.Attribute("name") ?? "",
            toName,
            ((string?)image.Attribute("value") ?? "").TrimStart('$'),
            control.Name.LocalName == Brush,
            [.. control.Elements("Label").Select(label => (string?)label.Attribute("value") ?? "").Where(
                label => label.Length > 0)]);
    }

    private static XElement Parse(string? xml)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(xml ?? ""),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 1 << 20 });
            return XElement.Load(reader);
        }
        catch (XmlException failure)
        {
            throw SegmentationProblem.InvalidRequest(
                "label_config", "it cannot be read as XML", "Send the project's labelling interface", failure);
        }
    }
}

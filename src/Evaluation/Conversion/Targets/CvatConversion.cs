using System.Globalization;
using System.Xml;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// <c>annotations.xml</c> in CVAT's form for images, version 1.1: masks as run lengths inside their boxes, scores as
/// attributes.
/// </summary>
internal sealed class CvatConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "cvat";

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(
            buffer, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("annotations");
            xml.WriteElementString("version", "1.1");
            WriteLabels(xml, set);
            for (int i = 0; i < set.Results.Count; i++)
                WriteImage(xml, set, set.Results[i].Document, i);
            xml.WriteEndElement();
        }

        yield return ("annotations.xml", buffer.ToArray());
    }

    /// <summary>Run lengths of a window, row by row, beginning with zeros.</summary>
    internal static string Runs(BinaryMask mask, int left, int top, int width, int height)
    {
        var runs = new List<int>();
        int length = 0;
        bool current = false;
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                if (mask[y, x] != current)
                {
                    runs.Add(length);
                    length = 0;
                    current = !current;
                }

                length++;
            }
        }

        return string.Join(", ", runs.Append(length).Select(run => run.ToString(CultureInfo.InvariantCulture)));
    }

    private static void WriteLabels(XmlWriter xml, ConversionSet set)
    {
        xml.WriteStartElement("meta");
        xml.WriteStartElement("task");
        xml.WriteStartElement("labels");
        foreach (ConversionClass category in set.Classes)
        {
            xml.WriteStartElement("label");
            xml.WriteElementString("name", category.Name);
            xml.WriteStartElement("attributes");
            xml.WriteStartElement("attribute");
            xml.WriteElementString("name", "score");
            xml.WriteElementString("mutable", "False");
            xml.WriteElementString("input_type", "text");
            xml.WriteElementString("default_value", "");
            xml.WriteElementString("values", "");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteImage(XmlWriter xml, ConversionSet set, SegmentationResult result, int number)
    {
        xml.WriteStartElement("image");
        Write(xml, "id", number);
        xml.WriteAttributeString("name", result.Image.Name);
        Write(xml, "width", result.Image.Width);
        Write(xml, "height", result.Image.Height);
        foreach (ResultSegment segment in result.Segments)
        {
            (int left, int top, int width, int height) = (
                segment.Bbox[0], segment.Bbox[1], segment.Bbox[2], segment.Bbox[3]);
            xml.WriteStartElement("mask");
            xml.WriteAttributeString("label", set.ClassOf(result, segment).Name);
            xml.WriteAttributeString("source", "auto");
            xml.WriteAttributeString("occluded", "0");
            xml.WriteAttributeString("rle", Runs(segment.Segmentation.Decode().ToMask(), left, top, width, height));
            Write(xml, "left", left);
            Write(xml, "top", top);
            Write(xml, "width", width);
            Write(xml, "height", height);
            Write(xml, "z_order", 0);
            xml.WriteStartElement("attribute");
            xml.WriteAttributeString("name", "score");
            xml.WriteString(segment.Score.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}

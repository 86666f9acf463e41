using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary>One prompt of a golden: its arrays, under a prefix, and what the JSON beside it says of it.</summary>
/// <param name="arrays">The arrays.</param>
/// <param name="prefix">Before every array's name; empty for a file of one prompt.</param>
/// <param name="facts">The prompt's object in the JSON.</param>
internal sealed class Sam3Case(NpzFile arrays, string prefix, JsonElement facts)
{
    /// <summary>An array.</summary>
    public NpyArray this[string name] => arrays[prefix + name];

    /// <summary>What the JSON says.</summary>
    public JsonElement Facts { get; } = facts;

    /// <summary>Score that a query must exceed.</summary>
    public float Threshold => (float)Facts.GetProperty("threshold").GetDouble();

    /// <summary>Width and height of the picture.</summary>
    public (int Width, int Height) Picture
    {
        get
        {
            JsonElement size = Facts.GetProperty("picture_size_wh");
            return (size[0].GetInt32(), size[1].GetInt32());
        }
    }

    /// <summary>Start mark to end mark, without the padding behind it.</summary>
    public int[] Ids => [.. Facts.GetProperty("token_ids").EnumerateArray().Select(id => id.GetInt32())];

    /// <summary>The exemplars.</summary>
    public IReadOnlyList<Sam3Exemplar> Exemplars => [.. Facts.GetProperty("boxes_cxcywh").EnumerateArray()
        .Zip(Facts.GetProperty("box_labels").EnumerateArray(), (box, label) => new Sam3Exemplar(
            box[0].GetSingle(), box[1].GetSingle(), box[2].GetSingle(), box[3].GetSingle(), label.GetInt32() == 1))];

    /// <summary>Names of the arrays, without the prefix.</summary>
    public IEnumerable<string> Names => arrays.Names
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..]);

    /// <summary>Whether there is an array of this name.</summary>
    public bool Has(string name) => arrays.Has(prefix + name);
}

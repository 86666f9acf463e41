using System.Text.Json.Nodes;

namespace FrozenSeg.Cli.XAnyLabeling;

/// <summary>What X-AnyLabeling shows in its list of remote models, with the controls each needs.</summary>
internal static class XAnyLabelingModels
{
    /// <summary>Points and boxes to one outline.</summary>
    public const string Points = "frozenseg_points";

    /// <summary>Words to outlines.</summary>
    public const string Words = "frozenseg_words";

    /// <summary>Every mask.</summary>
    public const string Everything = "frozenseg_everything";

    private static readonly Dictionary<string, (string Title, string? Batch, string[] Widgets)> All = new()
    {
        // A click belongs to one picture: there is nothing to do for many.
        [Points] = ("FrozenSeg: points and boxes", null, [
            "button_add_point", "button_remove_point", "button_add_rect", "button_clear", "button_finish_object",
            "mask_fineness_slider", "mask_fineness_value_label"]),
        [Words] = ("FrozenSeg: words", "text_prompt", [
            "edit_text", "button_send", "input_conf", "edit_conf", "mask_fineness_slider", "mask_fineness_value_label",
            "toggle_preserve_existing_annotations"]),
        [Everything] = ("FrozenSeg: every mask", "default", [
            "button_run", "mask_fineness_slider", "mask_fineness_value_label", "toggle_preserve_existing_annotations"]),
    };

    /// <summary>Names of the models.</summary>
    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>All of them, by name.</summary>
    public static JsonObject List() =>
        new(All.Keys.Select(name => KeyValuePair.Create(name, (JsonNode?)Describe(name))));

    /// <summary>One of them; null when there is none of that name.</summary>
    public static JsonObject? Describe(string name) =>
        !All.TryGetValue(name, out (string Title, string? Batch, string[] Widgets) model)
            ? null
            : new JsonObject
            {
                ["display_name"] = model.Title,
                ["batch_processing_mode"] = model.Batch,
                ["widgets"] = new JsonArray([.. model.Widgets.Select(
                    widget => new JsonObject { ["name"] = widget, ["value"] = Value(widget) })]),
            };

    private static JsonNode? Value(string widget) => widget switch
    {
        "edit_conf" => 0,
        "mask_fineness_slider" => 10,
        "toggle_preserve_existing_annotations" => false,
        _ => null,
    };
}

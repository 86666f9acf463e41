using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>
/// A whole number as Python's tools take it: <c>7</c>, <c>7.0</c> and <c>"7"</c> are the same, <c>7.5</c> is refused.
/// </summary>
/// <typeparam name="T">The type it becomes.</typeparam>
internal sealed class WholeNumberConverter<T> : JsonConverter<T>
    where T : struct, IBinaryInteger<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadFrom(ref reader);

    /// <summary>The number a reader stands at.</summary>
    /// <exception cref="JsonException">Something else stands there, or it does not fit.</exception>
    public static T ReadFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out long whole))
                return Checked(whole);
            double number = reader.GetDouble();
            return number == Math.Floor(number) && Math.Abs(number) < long.MaxValue
                ? Checked((long)number)
                : throw Unexpected(number.ToString(CultureInfo.InvariantCulture));
        }

        if (reader.TokenType is JsonTokenType.String)
        {
            string text = reader.GetString()!;
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
                ? Checked(whole)
                : throw Unexpected($"'{text}'");
        }

        throw Unexpected(JsonWords.Of(reader.TokenType));
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(long.CreateChecked(value));

    private static T Checked(long whole) =>
        whole == long.CreateTruncating(T.CreateTruncating(whole)) ? T.CreateTruncating(whole) : throw Unexpected(
            whole.ToString(CultureInfo.InvariantCulture));

    private static JsonException Unexpected(string found) =>
        new($"a whole number is expected there, and {found} was found");
}

using System.Buffers.Text;
using System.Text;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// The text of a queue message, whichever way its sender wrote it. The host takes messages as they are
/// (<c>messageEncoding</c> in host.json): one it could not decode would never reach a function, and its sender would
/// never be answered.
/// </summary>
internal static class MessageText
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// What base64 holds, if it holds text; otherwise the message itself. JSON objects are never base64.
    /// </summary>
    public static string Read(string message)
    {
        if (!Base64.IsValid(message))
            return message;
        try
        {
            return Strict.GetString(Convert.FromBase64String(message));
        }
        catch (DecoderFallbackException)
        {
            return message;
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>
/// Asks servers for files: follows redirects, reads what the Hugging Face hub says of a file on the way, and answers
/// the page that Google Drive puts before large files.
/// </summary>
internal sealed partial class DownloadConnection : IDisposable
{
    private const int MaxHops = 12, MaxPageLength = 1 << 20;

    private readonly DownloadOptions _options;
    private readonly HttpClient _client;

    public DownloadConnection(DownloadOptions options)
    {
        _options = options;
        _client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
            ConnectTimeout = options.Patience,
            AllowAutoRedirect = false,
            UseCookies = true,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Asks for a file.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="from">The first byte wanted; 0 asks for all of it.</param>
    /// <param name="tag">With <paramref name="from"/>: the version the bytes before it are of; null when not
    /// known.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="HttpRequestException">There are too many redirects, or the server cannot be
    /// reached.</exception>
    public async Task<DownloadAnswer> AskAsync(
        string url, long from, EntityTagHeaderValue? tag, CancellationToken cancellation)
    {
        Uri address = _options.AddressOf(url);
        (long? size, string? hash) = (null, null);
        for (int hop = 0; hop < MaxHops; hop++)
        {
            HttpResponseMessage response = await SendAsync(address, from, tag, cancellation);
            (size, hash) = (LinkedSize(response) ?? size, LinkedHash(response) ?? hash);
            Uri? next = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is Uri location
                ? new Uri(address, location)
                : await ConfirmationAsync(address, response, cancellation);
            if (next is null)
                return new DownloadAnswer(response, size, hash);
            response.Dispose();
            address = next;
        }

        throw new HttpRequestException("the address leads from one to the next");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, long from, EntityTagHeaderValue? tag, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            // If-Range: a server whose file has changed sends the whole one again.
            if (tag is not null)
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        // Only the hub itself is shown the token, not where it redirects to.
        if (_options.HubToken is { Length: > 0 } token && _options.IsHub(address))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    // Files too large to be scanned for viruses come behind a form that asks whether one wants them.
    private static async Task<Uri?> ConfirmationAsync(
        Uri address, HttpResponseMessage response, CancellationToken cancellation)
    {
        bool isPage = response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/html"
            && (address.Host == "drive.google.com" || address.Host.EndsWith(
                ".google.com",
                StringComparison.Ordinal) || address.Host.EndsWith(".googleusercontent.com", StringComparison.Ordinal));
        if (!isPage || response.Content.Headers.ContentLength > MaxPageLength)
            return null;
        string page = await response.Content.ReadAsStringAsync(cancellation);
        Match form = Form().Match(page);
        string title = WebUtility.HtmlDecode(Title().Match(page).Groups[1].Value);
        if (!form.Success)
            throw new HttpRequestException(
                $"the drive answers with a page: {(title.Length > 0 ? title : "it says nothing")}");
        string query = string.Join('&', Input().Matches(page).Select(input =>
            $"{Uri.EscapeDataString(input.Groups[1].Value)}="
                + Uri.EscapeDataString(WebUtility.HtmlDecode(input.Groups[2].Value))));
        return new Uri(address, $"{WebUtility.HtmlDecode(form.Groups[1].Value)}?{query}");
    }

    private static long? LinkedSize(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Linked-Size", out IEnumerable<string>? values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;

    // For a large file the hub's tag is the SHA-256 of its content.
    private static string? LinkedHash(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Linked-ETag", out IEnumerable<string>? values)
        && values.First().Trim('"') is { Length: 64 } tag && tag.All(char.IsAsciiHexDigit)
            ? tag.ToLowerInvariant()
            : null;

    [GeneratedRegex("<form[^>]*id=\"download-form\"[^>]*action=\"([^\"]+)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Input();

    [GeneratedRegex("<title>([^<]{0,200})</title>")]
    private static partial Regex Title();
}

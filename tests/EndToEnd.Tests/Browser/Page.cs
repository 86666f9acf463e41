using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FrozenSeg.EndToEnd.Tests.Browser;

/// <summary>One tab: what a person does with it, and what it shows.</summary>
internal sealed class Page : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly SemaphoreSlim _sending = new(1);
    private int _lastId;

    private Page()
    {
    }

    /// <summary>Errors the page has raised, violations of its own security policy included.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Takes over a tab.</summary>
    /// <param name="target">The tab as DevTools describes it.</param>
    public static async Task<Page> AttachAsync(string target)
    {
        var page = new Page();
        var address = new Uri(JsonNode.Parse(target)!["webSocketDebuggerUrl"]!.GetValue<string>());
        await page._socket.ConnectAsync(address, CancellationToken.None);
        _ = page.ListenAsync();
        foreach (string domain in new[] { "Page", "Runtime", "Log", "DOM" })
            await page.CallAsync($"{domain}.enable", []);
        return page;
    }

    /// <summary>Goes to an address.</summary>
    public async Task GoAsync(Uri address)
    {
        await CallAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });
        await WaitForAsync($"location.href.startsWith('{address}') && document.readyState === 'complete'");
    }

    /// <summary>Loads the page anew.</summary>
    public async Task ReloadAsync()
    {
        await EvaluateAsync<string>("(window.isOld = true, 'marked')");
        await CallAsync("Page.reload", []);
        await WaitForAsync("!window.isOld && document.readyState === 'complete'");
    }

    /// <summary>Closes the tab.</summary>
    public Task CloseAsync() => CallAsync("Page.close", []);

    /// <summary>The value of a JavaScript expression.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
        });
        if (answer["exceptionDetails"] is JsonNode failure)
            throw new InvalidOperationException($"{expression}: {failure.ToJsonString()}");
        return answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until a JavaScript expression is true.</summary>
    public async Task WaitForAsync(string condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await EvaluateAsync<bool>($"!!({condition})"))
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"{condition} did not come true; the page says: "
                    + $"{await EvaluateAsync<string>("document.body.innerText")}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Chooses a file in a file input.</summary>
    public async Task ChooseFileAsync(string selector, string path)
    {
        JsonNode root = await CallAsync("DOM.getDocument", []);
        JsonNode found = await CallAsync("DOM.querySelector", new JsonObject
        {
            ["nodeId"] = root["root"]!["nodeId"]!.GetValue<int>(),
            ["selector"] = selector,
        });
        await CallAsync("DOM.setFileInputFiles", new JsonObject
        {
            ["nodeId"] = found["nodeId"]!.GetValue<int>(),
            ["files"] = new JsonArray(path),
        });
    }

    /// <summary>Moves the mouse to a point of the page.</summary>
    public Task MoveMouseAsync(double x, double y) => CallAsync(
        "Input.dispatchMouseEvent", new JsonObject { ["type"] = "mouseMoved", ["x"] = x, ["y"] = y });

    /// <summary>Clicks the middle of an element.</summary>
    public async Task ClickAsync(string selector)
    {
        double[] at = await EvaluateAsync<double[]>(
            $"(e => (e.scrollIntoView({{ block: 'nearest' }}), (r => [r.left + r.width / 2, r.top + r.height / "
                + $"2])(e.getBoundingClientRect())))(document.querySelector('{selector}'))");
        await ClickAtAsync(at[0], at[1]);
    }

    /// <summary>Presses the button of the mouse at a point, moves to another, and lets go.</summary>
    public async Task DragAsync((double X, double Y) from, (double X, double Y) to)
    {
        await MouseAsync("mouseMoved", from.X, from.Y);
        await MouseAsync("mousePressed", from.X, from.Y);
        await MouseAsync("mouseMoved", (from.X + to.X) / 2, (from.Y + to.Y) / 2, isPressed: true);
        await MouseAsync("mouseMoved", to.X, to.Y, isPressed: true);
        await MouseAsync("mouseReleased", to.X, to.Y);
    }

    /// <summary>Clicks a point of the page.</summary>
    public async Task ClickAtAsync(double x, double y)
    {
        foreach (string type in new[] { "mouseMoved", "mousePressed", "mouseReleased" })
            await MouseAsync(type, x, y);
    }

    /// <summary>Presses a key as a keyboard does.</summary>
    /// <param name="key">Its name, for instance <c>Tab</c>, <c>Enter</c>, <c>ArrowLeft</c>, <c> </c> or
    /// <c>k</c>.</param>
    /// <param name="withShift">Whether Shift is held.</param>
    public async Task PressAsync(string key, bool withShift = false)
    {
        (int code, string? text) = key switch
        {
            "Tab" => (9, null),
            "Enter" => (13, "\r"),
            "ArrowLeft" => (37, null),
            "ArrowUp" => (38, null),
            "ArrowRight" => (39, null),
            "ArrowDown" => (40, null),
            "Backspace" => (8, null),
            _ => (char.ToUpperInvariant(key[0]), (string?)key),
        };
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            var parameters = new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["windowsVirtualKeyCode"] = code,
                ["modifiers"] = withShift ? 8 : 0,
            };
            if (type == "keyDown" && text is not null)
                parameters["text"] = text;
            await CallAsync("Input.dispatchKeyEvent", parameters);
        }
    }

    /// <summary>Makes the window another size.</summary>
    public Task ResizeAsync(int width, int height) => CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = width,
        ["height"] = height,
        ["deviceScaleFactor"] = 1,
        ["mobile"] = width < 700,
    });

    /// <summary>Asks for dark colours, as a user's system may.</summary>
    public Task DarkenAsync() => CallAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }),
    });

    /// <summary>What a screen reader is told: role and name of everything that is not hidden from it.</summary>
    public async Task<IReadOnlyList<(string Role, string Name)>> AccessibleAsync()
    {
        JsonNode tree = await CallAsync("Accessibility.getFullAXTree", []);
        return
        [
            .. tree["nodes"]!.AsArray().Where(node => node!["ignored"]?.GetValue<bool>() != true).Select(node => (
                node!["role"]?["value"]?.GetValue<string>() ?? "", node["name"]?["value"]?.GetValue<string>() ?? "")),
        ];
    }

    /// <summary>The page as PNG.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((await CallAsync("Page.captureScreenshot", []))["data"]!.GetValue<string>());

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _sending.Dispose();
        await Task.CompletedTask;
    }

    private Task<JsonNode> MouseAsync(string type, double x, double y, bool isPressed = false) =>
        CallAsync("Input.dispatchMouseEvent", new JsonObject
        {
            ["type"] = type,
            ["x"] = x,
            ["y"] = y,
            ["button"] = type == "mouseMoved" && !isPressed ? "none" : "left",
            ["buttons"] = isPressed || type == "mousePressed" ? 1 : 0,
            ["clickCount"] = type == "mouseMoved" ? 0 : 1,
        });

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 16];
        while (_socket.State is WebSocketState.Open)
        {
            using var message = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            Take(JsonNode.Parse(message.ToArray())!);
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is int id)
        {
            if (message["error"] is JsonNode error)
                _calls[id].SetException(new InvalidOperationException(error.ToJsonString()));
            else
                _calls[id].SetResult(message["result"]!);
            return;
        }

        if (message["method"]?.GetValue<string>() == "Runtime.exceptionThrown")
            _errors.Enqueue(message.ToJsonString());
        if (message["params"]?["entry"] is JsonNode entry && entry["level"]?.GetValue<string>() == "error")
            _errors.Enqueue(entry.ToJsonString());
    }
}

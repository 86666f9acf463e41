"use strict";
// What is asked for: the form as a request, and the request as a program.

/** The words of a text: a semicolon or the end of a line ends one. */
const wordsOf = text => text.split(/[;\n]/).map(word => word.trim()).filter(Boolean);

/** Settings, one a line. */
function settingsOf(text) {
  const settings = {};
  for (const line of text.split("\n").map(line => line.trim()).filter(Boolean)) {
    const [name, ...rest] = line.split("="), value = rest.join("=").trim();
    if (!name.trim() || !value) throw new Refusal(`Settings: “${line}” is not name = value. For instance: points_per_side = 16.`);
    settings[name.trim()] = value;
  }
  return settings;
}

function readOptions() {
  const options = { method: at("method").value, tasks: [at("task").value] };
  if (!at("words").hidden) {
    const words = wordsOf(at("prompts").value);
    if (words.length) options.prompts = words;
    else if (at("vocabulary").value) options.vocabulary = at("vocabulary").value;
    else throw new Refusal(`Words: ${options.method} needs to know what to look for. Write them, or choose a vocabulary.`);
  }
  const settings = settingsOf(at("settings").value);
  if (Object.keys(settings).length) options.settings = settings;
  return options;
}

/** The form as it was for a segmentation that was opened by its address: what is shown can be run again, here or as a program. */
function fillForm(request) {
  at("method").value = request.method;
  methodChanged();
  at("task").value = request.tasks[0];
  const isListed = [...at("vocabulary").options].some(option => option.value && option.value === request.vocabulary);
  at("vocabulary").value = isListed ? request.vocabulary : "";
  at("prompts").value = isListed ? "" : request.prompts ?? "";
  state.settings = Object.entries(request.settings).filter(([, value]) => value).map(([name, value]) => `${name} = ${value}`).join("\n");
  at("settings").value = state.settings;
  showSnippet();
}

const languages = {
  curl: (options, name, url) => `curl -F image=@${shell(name)} \\
  -F options=${shell(JSON.stringify(options))} \\${key() ? "\n  -H \"x-api-key: $KEY\" \\" : ""}
  -H 'Prefer: wait=60' ${url}/api/segmentations`,
  Python: (options, name, url) => `import json, urllib.request, uuid

picture, boundary = open(${JSON.stringify(name)}, "rb").read(), uuid.uuid4().hex
options = json.loads(${JSON.stringify(JSON.stringify(options))})
body = (f'--{boundary}\\r\\nContent-Disposition: form-data; name="options"\\r\\n\\r\\n{json.dumps(options)}\\r\\n'
        f'--{boundary}\\r\\nContent-Disposition: form-data; name="image"; filename="picture"\\r\\n\\r\\n').encode()
request = urllib.request.Request("${url}/api/segmentations", body + picture + f"\\r\\n--{boundary}--\\r\\n".encode(), {
    "Content-Type": f"multipart/form-data; boundary={boundary}", "Prefer": "wait=60"${key() ? ", \"x-api-key\": KEY" : ""}})
status = json.load(urllib.request.urlopen(request))
result = json.load(urllib.request.urlopen(${key() ? "urllib.request.Request(" : ""}"${url}" + status["links"]["result"]${key() ? ", headers={\"x-api-key\": KEY})" : ""}))
for segment in result["segments"]:
    print(segment["label"], segment["score"], segment["bbox"])`,
  JavaScript: (options, name, url) => `import { openAsBlob } from "node:fs";

const form = new FormData();
form.append("options", ${JSON.stringify(JSON.stringify(options))});
form.append("image", await openAsBlob(${JSON.stringify(name)}), "picture");
const headers = { Prefer: "wait=60"${key() ? ", \"x-api-key\": process.env.KEY" : ""} };
const status = await (await fetch("${url}/api/segmentations", { method: "POST", body: form, headers })).json();
const result = await (await fetch("${url}" + status.links.result, { headers })).json();
for (const segment of result.segments) console.log(segment.label, segment.score, segment.bbox);`,
  "C#": (options, name, url) => `using System.Net.Http.Json;
using System.Text.Json.Nodes;

using var client = new HttpClient { BaseAddress = new Uri("${url}") };
client.DefaultRequestHeaders.Add("Prefer", "wait=60");${key() ? "\nclient.DefaultRequestHeaders.Add(\"x-api-key\", Environment.GetEnvironmentVariable(\"KEY\"));" : ""}
using var form = new MultipartFormDataContent
{
    { new StringContent(${JSON.stringify(JSON.stringify(options))}), "options" },
    { new ByteArrayContent(File.ReadAllBytes(${JSON.stringify(name)})), "image", "picture" },
};
var answer = await client.PostAsync("/api/segmentations", form);
var status = await answer.Content.ReadFromJsonAsync<JsonNode>();
var result = await client.GetFromJsonAsync<JsonNode>((string)status!["links"]!["result"]!);
foreach (var segment in result!["segments"]!.AsArray())
    Console.WriteLine($"{segment!["label"]} {segment["score"]}");`,
};

const shell = text => `'${text.replaceAll("'", "'\\''")}'`;

function showSnippet() {
  let options;
  try { options = readOptions(); } catch (failure) { at("snippet").textContent = failure.message; return; }
  at("snippet").textContent = languages[at("language").value](options, state.file?.name ?? "photo.jpg", location.origin);
}

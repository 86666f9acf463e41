"use strict";
// The list of segments, and what can be saved of it.

const bitmapOf = blob => createImageBitmap(blob, { imageOrientation: "from-image" });

// What the browser cannot read, a TIFF for instance, comes back from the service as one it can.
async function showResult(status, file) {
  const result = await ask(status.links.result);
  const bitmap = await bitmapOf(file.blob).catch(async () => bitmapOf(await (await call(status.links.picture)).blob()));
  const { width, height } = result.image;
  showPicture(bitmap, width, height, `${result.image.name}: ${result.segments.length} segments`);
  state.shown = { id: status.id, file, result, image: null };
  state.segments = result.segments.map(segmentOf);
  sortSegments();
  relabel();
  listSegments();
  say(result.warnings.join("\n"));
}

/** The picture alone, to click on before anything has been found in it. */
async function showFile(file) {
  const bitmap = await bitmapOf(file.blob);
  if (state.file !== file || state.run) return;
  showPicture(bitmap, bitmap.width, bitmap.height, file.name);
  state.shown = { id: null, file, result: null, image: null };
  relabel();
  listSegments();
}

function forgetAnswer() {
  Object.assign(state, { segments: [], lit: 0 });
  Object.assign(state.shown, { id: null, result: null });
  state.hidden.clear();
  relabel();
}

function segmentOf(segment) {
  return { ...segment, colour: colourOf(segment.id - 1), title: segment.label || `mask ${segment.id}`, middle: middleOf(segment.segmentation, segment.bbox) };
}

function addSegment(segment) {
  state.segments.push(segmentOf(segment));
  sortSegments();
  relabel();
  listSegments();
}

function sortSegments() { state.segments.sort((a, b) => b.area - a.area); }

function listSegments() {
  const pixels = state.width * state.height, count = state.segments.length;
  at("count").textContent = state.shown ? `${count} segment${count === 1 ? "" : "s"}` : "Segments";
  at("switches").hidden = !count;
  at("looks").hidden = !state.shown;
  at("save").disabled = !count;
  at("list").replaceChildren(...state.segments.map((segment, i) => {
    const swatch = element("span", { className: "swatch" });
    swatch.style.background = `rgb(${segment.colour})`;
    const share = `${(100 * segment.area / pixels).toFixed(1)} %`;
    const button = element("button", { title: `${segment.title} · ${segment.source}` },
      swatch, element("span", { className: "name", textContent: segment.title }),
      element("span", { className: "share", textContent: `${share} · ${segment.score.toFixed(2)}` }));
    button.dataset.id = segment.id;
    button.setAttribute("aria-pressed", String(!state.hidden.has(segment.id)));
    button.setAttribute("aria-label", `${segment.title}, ${share} of the picture, score ${segment.score.toFixed(2)}`);
    button.onmouseenter = button.onfocus = () => light(i + 1);
    button.onmouseleave = button.onblur = () => light(0);
    button.onclick = () => toggle(segment.id);
    return element("li", {}, button);
  }));
}

function light(label) {
  if (state.lit === label) return;
  state.lit = label;
  document.querySelectorAll("#list button").forEach((button, i) => button.classList.toggle("lit", i + 1 === label));
  repaint();
}

function toggle(id) {
  if (state.hidden.has(id)) state.hidden.delete(id); else state.hidden.add(id);
  refresh();
}

function refresh() {
  document.querySelectorAll("#list button").forEach(button => button.setAttribute("aria-pressed", String(!state.hidden.has(+button.dataset.id))));
  relabel();
}

/** The document as it stands: what is hidden is left out, what was kept is in it. */
function currentResult() {
  const given = state.shown.result ?? {
    version: 1, image: { name: state.shown.file.name, width: state.width, height: state.height, sha256: state.shown.image ?? "", orientation: 1 },
    request: { method: "prompts", tasks: ["masks"], settings: {} }, vocabulary: [], files: {}, models: [], timings: [], warnings: [],
  };
  const segments = state.segments.filter(segment => !state.hidden.has(segment.id))
    .map(({ colour, title, middle, isOwn, ...segment }) => segment).sort((a, b) => a.id - b.id);
  return { ...given, segments };
}

async function save() {
  const form = at("export").value, name = state.shown.file.name.replace(/\.[^.]*$/, "");
  try {
    if (form === "result.json") return download(new Blob([JSON.stringify(currentResult())], { type: "application/json" }), `${name}.json`);
    if (form === "picture.png") return canvas.toBlob(blob => download(blob, `${name}-segments.png`));
    if (form.includes(".")) return download(await (await call(`/api/segmentations/${state.shown.id}/${form}`)).blob(), `${name}-${form}`);
    const answer = await call(`/api/exports/${form}`, { method: "POST", body: JSON.stringify(currentResult()), headers: { "Content-Type": "application/json" } });
    if (!answer.ok) throw new Refusal((await answer.json()).detail);
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    download(await answer.blob(), `${name}-${named ? named[1] : form}`);
  } catch (failure) { say(failure instanceof Refusal ? failure.message : "It could not be saved.", true); }
}

function listExports(links) {
  const files = Object.keys(links).filter(name => name.includes("."));
  at("export").replaceChildren(...["result.json", "picture.png", ...files, ...state.exports]
    .map(name => new Option(name === "picture.png" ? "what is shown (PNG)" : name, name)));
}

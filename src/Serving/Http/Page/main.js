"use strict";
// What happens when: the one script that listens.

function choose(file, isShown) {
  state.file = file;
  const url = URL.createObjectURL(file.blob);
  at("thumb").onload = () => URL.revokeObjectURL(url);
  at("thumb").onerror = () => { at("thumb").hidden = true; URL.revokeObjectURL(url); };
  at("thumb").src = url;
  at("thumb").hidden = false;
  at("hint").textContent = file.name;
  at("go").disabled = !!state.run;
  showSnippet();
  if (!isShown && !state.run) {
    clearPrompts();
    clearPicture();
    listSegments();
    say("");
    if (location.hash) history.pushState(null, "", location.pathname);
    // What the browser cannot show, the service may still read.
    showFile(file).catch(() => clearPicture());
  }
}

const chooseBlob = blob => { if (blob) choose({ blob, name: blob.name || "pasted.png" }); };

function methodChanged() {
  const method = state.methods.find(known => known.name === at("method").value);
  if (!method) return;
  at("words").hidden = !method.needs_words;
  at("lists").hidden = !method.needs_words || at("vocabulary").options.length < 2;
  at("task").replaceChildren(...method.tasks.map(task => new Option(task, task)));
  showSnippet();
}

async function showExamples() {
  if (jobs().length) return;
  const { examples } = await ask("/api/examples").catch(() => ({ examples: [] }));
  at("example-list").replaceChildren(...await Promise.all(examples.slice(0, 3).map(async example => {
    const blob = await (await call(`/api/examples/${example.name}`)).blob(), url = URL.createObjectURL(blob);
    const button = element("button", { title: example.credit ?? example.title }, element("img", { src: url, alt: example.title }));
    button.onclick = () => {
      if (example.method && [...at("method").options].some(option => option.value === example.method)) at("method").value = example.method;
      methodChanged();
      at("prompts").value = example.words ?? "";
      choose({ blob, name: example.name });
      segment();
    };
    return button;
  })));
  at("examples").hidden = !examples.length;
}

async function setUp() {
  try {
    const [models, vocabularies, health] = await Promise.all(["/api/models", "/api/vocabularies", "/api/health/details"].map(path => ask(path)));
    state.methods = models.methods;
    state.interactive = !!models.interactive;
    state.exports = models.exports ?? [];
    at("method").replaceChildren(...state.methods.map(method => new Option(method.name, method.name)));
    at("vocabulary").replaceChildren(new Option("none", ""), ...vocabularies.vocabularies.map(known => new Option(`${known.name} (${known.categories})`, known.name)));
    at("health").textContent = [health.status, health.provider].filter(Boolean).join(" · ");
    at("mode-point").hidden = at("mode-box").hidden = !state.interactive;
    at("banner").textContent = (models.warnings ?? []).join("\n");
    at("banner").hidden = !at("banner").textContent;
    at("language").replaceChildren(...Object.keys(languages).map(name => new Option(name, name)));
    methodChanged();
    listExports({});
    listJobs();
    await Promise.all([showExamples(), openAddress()]);
  } catch (failure) {
    say(key() || !(failure instanceof Refusal) ? failure.message : `${failure.message} With a key, open this page as /?key=…`, true);
  }
}

// The mouse and fingers on the picture: one moves, shows or draws, two zoom.
const pointers = new Map();
let travelled = 0;

const place = event => { const box = canvas.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
const isOutside = event => event.shiftKey || event.altKey || event.button === 2;
const clampToPicture = (x, y) => [Math.max(0, Math.min(state.width, x)), Math.max(0, Math.min(state.height, y))];

canvas.onpointerdown = event => {
  pointers.set(event.pointerId, place(event));
  canvas.setPointerCapture(event.pointerId);
  travelled = 0;
  if (prompting.mode === "box" && pointers.size === 1 && event.button === 0) {
    const [x, y] = clampToPicture(...toPicture(pointers.get(event.pointerId).x, pointers.get(event.pointerId).y));
    prompting.drag = [x, y, x, y];
  }
};

canvas.onpointermove = event => {
  const before = pointers.get(event.pointerId), now = place(event);
  if (!before) return hover(event);
  travelled += Math.hypot(now.x - before.x, now.y - before.y);
  if (pointers.size === 2) {
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
    const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    prompting.drag = null;
    zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
  } else if (prompting.drag) {
    [prompting.drag[2], prompting.drag[3]] = clampToPicture(...toPicture(now.x, now.y));
    repaint();
  } else if (travelled > 4) pan(now.x - before.x, now.y - before.y);
  pointers.set(event.pointerId, now);
};

canvas.onpointerup = event => {
  const wasAlone = pointers.size === 1;
  pointers.delete(event.pointerId);
  if (!wasAlone) return;
  const drag = prompting.drag, pixel = pixelAt(event);
  prompting.drag = null;
  if (drag) {
    const box = [Math.min(drag[0], drag[2]), Math.min(drag[1], drag[3]), Math.max(drag[0], drag[2]), Math.max(drag[1], drag[3])];
    if (box[2] - box[0] >= 2 && box[3] - box[1] >= 2) addBox(box); else repaint();
  } else if (travelled <= 4 && pixel) {
    if (prompting.mode === "point") addPoint(...pixel, isOutside(event));
    else if (prompting.mode === "look") {
      const label = labelAt(pixel);
      light(0);
      if (label) toggle(state.segments[label - 1].id);
    }
  }
};

canvas.onpointercancel = event => { pointers.delete(event.pointerId); prompting.drag = null; };
canvas.oncontextmenu = event => { if (prompting.mode !== "look") event.preventDefault(); };
canvas.onpointerleave = () => { at("tip").hidden = true; light(0); };
canvas.addEventListener("wheel", event => {
  event.preventDefault();
  const { x, y } = place(event);
  zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 300), x, y);
}, { passive: false });

const labelAt = ([x, y]) => state.labels ? state.labels[Math.floor(y) * state.width + Math.floor(x)] : 0;

function hover(event) {
  if (prompting.mode !== "look") return;
  const pixel = pixelAt(event), label = pixel ? labelAt(pixel) : 0, tip = at("tip"), { x, y } = place(event);
  light(label);
  tip.hidden = !label;
  if (!label) return;
  const segment = state.segments[label - 1];
  tip.textContent = `${segment.title} · ${segment.score.toFixed(2)}`;
  tip.style.left = `${Math.min(x, canvas.clientWidth - tip.offsetWidth - 16)}px`;
  tip.style.top = `${Math.min(y, canvas.clientHeight - tip.offsetHeight - 16)}px`;
}

// The keyboard on the picture.
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
canvas.onkeydown = event => {
  const arrow = arrows[event.key], step = event.shiftKey ? 40 : 8;
  if (arrow && prompting.mode === "point") moveCross(arrow[0] * step, arrow[1] * step);
  else if (arrow) pan(-arrow[0] * 40, -arrow[1] * 40);
  else if (event.key === "Enter" && prompting.mode === "point" && prompting.cross) addPoint(...prompting.cross, event.shiftKey);
  else if (event.key === "Backspace" || (event.key === "z" && (event.ctrlKey || event.metaKey))) undo();
  else if (event.key === "k") keepMask();
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(.8);
  else if (event.key === "0") fit();
  else if (event.key === "Escape") clearPrompts();
  else return;
  event.preventDefault();
};

function moveCross(dx, dy) {
  const [x, y] = prompting.cross ?? [state.width / 2, state.height / 2];
  prompting.cross = clampToPicture(x + dx / view.scale, y + dy / view.scale);
  repaint();
}

// Everything else.
const clicks = {
  go: segment, stop, undo, keep: keepMask, like: findAlike, save,
  other: () => chooseMask(prompting.choice + 1), "zoom-in": () => zoom(1.25), "zoom-out": () => zoom(.8), "zoom-fit": fit,
  "mode-look": () => setMode("look"), "mode-point": () => setMode("point"), "mode-box": () => setMode("box"),
  all: () => { state.hidden.clear(); refresh(); },
  none: () => { state.segments.forEach(segment => state.hidden.add(segment.id)); refresh(); },
  copy: () => navigator.clipboard.writeText(at("snippet").textContent).then(() => announce("Copied.")),
};
for (const [id, act] of Object.entries(clicks)) at(id).onclick = () => act();
at("opacity").oninput = () => { state.opacity = at("opacity").value / 100; repaint(); };
at("names").onchange = repaint;
at("file").onchange = () => chooseBlob(at("file").files[0]);
at("method").onchange = () => {
  // Settings of an earlier segmentation were its method's.
  if (at("settings").value === state.settings) at("settings").value = "";
  methodChanged();
};
at("language").onchange = showSnippet;
for (const id of ["task", "vocabulary", "prompts", "settings"]) at(id).addEventListener("input", showSnippet);
at("prompts").onkeydown = event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !at("go").disabled) segment(); };
for (const kind of ["dragover", "dragleave", "drop"])
  document.addEventListener(kind, event => {
    event.preventDefault();
    at("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop") chooseBlob(event.dataTransfer.files[0]);
  });
document.addEventListener("paste", event => chooseBlob([...event.clipboardData.files].find(file => file.type.startsWith("image/"))));
addEventListener("resize", () => { if (view.isFitted) fit(); else moved(); });
addEventListener("hashchange", openAddress);
addEventListener("popstate", openAddress);
setUp();

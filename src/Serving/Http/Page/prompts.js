"use strict";
// Points and boxes: what is clicked is asked at once, and shown before it is kept.

const prompting = {
  mode: "look",
  steps: [],      // { x, y, label } or { box: [x0, y0, x1, y1] }, in the order they were made
  drag: null,     // the box that is being drawn
  cross: null,    // where the keyboard's cross is
  answer: null,   // the service's latest answer
  choice: 0,      // which of its masks is shown
  map: null,      // that mask, pixel by pixel
  turn: 0,        // counts questions: an answer to an older one is not shown
};

function setMode(mode) {
  prompting.mode = mode;
  for (const name of ["look", "point", "box"]) at(`mode-${name}`).setAttribute("aria-pressed", String(name === mode));
  at("prompt-tools").hidden = mode === "look";
  canvas.style.cursor = mode === "look" ? "" : "crosshair";
  prompting.cross = null;
  if (mode === "look") clearPrompts(); else light(0);
  if (mode !== "look") prepare();
}

function clearPrompts() {
  Object.assign(prompting, { steps: [], drag: null, answer: null, choice: 0, map: null });
  prompting.turn++;
  promptsChanged();
}

function promptsChanged() {
  const masks = prompting.answer?.masks.length ?? 0;
  at("undo").disabled = !prompting.steps.length;
  at("keep").disabled = at("like").disabled = !prompting.map;
  at("like").hidden = !state.shown?.result;
  at("other").hidden = masks < 2;
  view.labels = null;
  repaint();
}

function addPoint(x, y, isOutside) {
  prompting.steps.push({ x, y, label: isOutside ? 0 : 1 });
  askPrompts();
}

function addBox(box) {
  prompting.steps = [...prompting.steps.filter(step => !step.box), { box }];
  askPrompts();
}

function undo() {
  prompting.steps.pop();
  if (prompting.steps.length) askPrompts(); else clearPrompts();
}

/** Has the picture encoded while the user is still aiming. */
async function prepare() {
  if (!state.shown || state.shown.image || state.shown.result) return;
  const shown = state.shown;
  say("Looking at the picture…");
  try {
    const form = new FormData();
    form.append("image", shown.file.blob, shown.file.name);
    shown.preparing ??= ask("/api/embeddings", { method: "POST", body: form });
    shown.image = (await shown.preparing).image;
    if (state.shown === shown) say("");
  } catch (failure) {
    shown.preparing = null;
    say(failure.message, true);
  }
}

async function askPrompts() {
  const turn = ++prompting.turn, shown = state.shown, points = prompting.steps.filter(step => !step.box), box = prompting.steps.find(step => step.box);
  promptsChanged();
  try {
    if (!shown.image && !shown.result) await prepare();
    if (!shown.image && !shown.result) return;
    const question = shown.image ? { image: shown.image } : { segmentation: shown.id };
    if (points.length) Object.assign(question, { points: points.map(step => [step.x, step.y]), labels: points.map(step => step.label) });
    if (box) question.boxes = [box.box];
    // A further point refines what is shown, unless it was taken back.
    if (prompting.answer && prompting.steps.length > (prompting.answer.steps ?? 0)) question.refine = { prediction: prompting.answer.id, mask: prompting.choice };
    const answer = await post("/api/predictions", question).catch(failure => {
      if (!question.refine) throw failure;
      delete question.refine;
      return post("/api/predictions", question);
    });
    if (turn !== prompting.turn || shown !== state.shown) return;
    prompting.answer = { ...answer, steps: prompting.steps.length };
    chooseMask(0);
    say("");
    announce(`A mask of ${(100 * answer.masks[0].area / (answer.width * answer.height)).toFixed(1)} percent of the picture.`);
  } catch (failure) {
    if (turn === prompting.turn) say(failure.message, true);
  }
}

function chooseMask(index) {
  prompting.choice = index % prompting.answer.masks.length;
  prompting.map = new Uint8Array(state.width * state.height);
  fill(prompting.map, prompting.answer.masks[prompting.choice].segmentation, 1);
  promptsChanged();
}

/** Adds the mask to the segments; it has the first word as its name. */
function keepMask() {
  if (!prompting.map) return;
  const mask = prompting.answer.masks[prompting.choice], id = Math.max(0, ...state.segments.map(segment => segment.id)) + 1;
  addSegment({ id, label: "", score: mask.score, area: mask.area, bbox: mask.bbox, is_thing: true, segmentation: mask.segmentation, source: "automask", isOwn: true });
  announce("Kept.");
  clearPrompts();
}

async function findAlike() {
  const mask = prompting.answer.masks[prompting.choice];
  try {
    const { segments } = await post("/api/similar", {
      example: { segmentation: state.shown.id, mask: mask.segmentation }, among: state.shown.id, threshold: .5,
    });
    const alike = new Set(segments.map(found => found.segment));
    state.segments.forEach(segment => { if (!alike.has(segment.id) && !segment.isOwn) state.hidden.add(segment.id); else state.hidden.delete(segment.id); });
    refresh();
    say(segments.length ? `${segments.length} segments look like it; the others are hidden.` : "No segment looks like it.");
    announce(at("note").textContent);
  } catch (failure) { say(failure.message, true); }
}

function paintPrompts(context) {
  for (const step of prompting.steps) if (step.box) paintBox(context, step.box); else paintPoint(context, step);
  if (prompting.drag) paintBox(context, prompting.drag);
  if (prompting.cross && prompting.mode === "point") {
    const [x, y] = toScreen(...prompting.cross);
    for (const [width, style] of [[4, "#000"], [2, "#fff"]]) {
      context.lineWidth = width;
      context.strokeStyle = style;
      context.beginPath();
      context.moveTo(x - 12, y); context.lineTo(x + 12, y); context.moveTo(x, y - 12); context.lineTo(x, y + 12);
      context.stroke();
    }
  }
}

function paintPoint(context, { x, y, label }) {
  const [left, top] = toScreen(x, y);
  context.beginPath();
  context.arc(left, top, 6, 0, 2 * Math.PI);
  context.fillStyle = label ? "#12a150" : "#d92d20";
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = "#fff";
  context.moveTo(left - 3, top); context.lineTo(left + 3, top);
  if (label) { context.moveTo(left, top - 3); context.lineTo(left, top + 3); }
  context.stroke();
}

function paintBox(context, [x0, y0, x1, y1]) {
  const [left, top] = toScreen(x0, y0), [right, bottom] = toScreen(x1, y1);
  for (const [width, style] of [[4, "#0008"], [2, "#ffd60a"]]) {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.strokeRect(left, top, right - left, bottom - top);
  }
}

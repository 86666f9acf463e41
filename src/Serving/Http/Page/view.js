"use strict";
// The picture on the screen: what is painted is as large as the screen, whatever the picture is, so that it stays quick.

const view = {
  scale: 1, x: 0, y: 0,      // picture to screen, in CSS pixels
  isFitted: true,
  under: null,               // the picture alone, as device pixels
  labels: null, edges: null, // what lies under each device pixel
  isDue: false,
};
const white = [255, 255, 255], draftColour = [255, 214, 10];
const canvas = at("canvas"), context = canvas.getContext("2d", { willReadFrequently: true });

function showPicture(bitmap, width, height, name) {
  Object.assign(state, { picture: bitmap, width, height, segments: [], labels: null, lit: 0 });
  clearPrompts();
  state.hidden.clear();
  canvas.hidden = false;
  at("empty").hidden = true;
  at("tools").hidden = at("looks").hidden = false;
  canvas.setAttribute("aria-label", name);
  fit();
}

function clearPicture() {
  Object.assign(state, { picture: null, shown: null, segments: [], labels: null, lit: 0 });
  canvas.hidden = true;
  at("empty").hidden = false;
  at("stage").style.height = "";
  at("tip").hidden = true;
  at("tools").hidden = at("looks").hidden = true;
  canvas.setAttribute("aria-label", "No picture yet");
}

/** The whole picture; small ones larger, never more than sixfold. */
function fit() {
  if (!state.picture) return;
  const stage = at("stage"), wide = stage.clientWidth, most = Math.max(innerWidth > 720 ? 420 : 240, .74 * innerHeight);
  const scale = Math.min(wide / state.width, most / state.height, 6);
  stage.style.height = `${Math.ceil(Math.max(scale * state.height, innerWidth > 720 ? 420 : 200))}px`;
  view.scale = scale;
  view.x = (wide - scale * state.width) / 2;
  view.y = (stage.clientHeight - scale * state.height) / 2;
  view.isFitted = true;
  moved();
}

function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = Math.min(40, Math.max(view.scale * factor, .02));
  view.x = x - (x - view.x) * scale / view.scale;
  view.y = y - (y - view.y) * scale / view.scale;
  view.scale = scale;
  view.isFitted = false;
  moved();
}

function pan(dx, dy) {
  view.x += dx;
  view.y += dy;
  view.isFitted = false;
  moved();
}

const toPicture = (x, y) => [(x - view.x) / view.scale, (y - view.y) / view.scale];
const toScreen = (x, y) => [x * view.scale + view.x, y * view.scale + view.y];

/** The pixel of the picture under the mouse; null beside it. */
function pixelAt(event) {
  const box = canvas.getBoundingClientRect(), [x, y] = toPicture(event.clientX - box.left, event.clientY - box.top);
  return x >= 0 && y >= 0 && x < state.width && y < state.height ? [x, y] : null;
}

/** Large segments below, small ones on top: each pixel belongs to the smallest visible segment that holds it. */
function relabel() {
  state.labels = new Uint16Array(state.width * state.height);
  state.segments.forEach((segment, i) => { if (!state.hidden.has(segment.id)) fill(state.labels, segment.segmentation, i + 1); });
  view.labels = null;
  repaint();
}

/** Another part of the picture is to be seen. */
function moved() {
  view.under = view.labels = null;
  repaint();
}

function repaint() {
  if (view.isDue) return;
  view.isDue = true;
  requestAnimationFrame(() => { view.isDue = false; if (state.picture) paint(); });
}

function paint() {
  const ratio = devicePixelRatio || 1, width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
  if (!width || !height) return;
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    view.under = null;
  }
  if (!view.under) paintPicture(width, height, ratio);
  if (!view.labels) sample(width, height, ratio);
  const image = new ImageData(new Uint8ClampedArray(view.under.data), width, height);
  if (state.labels || prompting.map) blend(image.data);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.putImageData(image, 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (at("names").checked && state.labels) paintNames();
  paintPrompts(context);
}

function paintPicture(width, height, ratio) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = view.isFitted || view.scale < 4;
  context.imageSmoothingQuality = "high";
  context.drawImage(state.picture, view.x * ratio, view.y * ratio, state.width * view.scale * ratio, state.height * view.scale * ratio);
  view.under = context.getImageData(0, 0, width, height);
  view.labels = null;
}

/** What lies under each device pixel: bit 15 says that it is part of the mask in the making. */
function sample(width, height, ratio) {
  const labels = view.labels = new Uint16Array(width * height), edges = view.edges = new Uint8Array(width * height);
  const columns = new Int32Array(width);
  for (let x = 0; x < width; x++) columns[x] = Math.floor(((x + .5) / ratio - view.x) / view.scale);
  const map = state.labels, draft = prompting.map;
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(((y + .5) / ratio - view.y) / view.scale);
    for (let x = 0; x < width; x++, i++) {
      const column = columns[x];
      if (row < 0 || row >= state.height || column < 0 || column >= state.width) continue;
      const pixel = row * state.width + column;
      const label = labels[i] = (map ? map[pixel] & 0x7fff : 0) | (draft && draft[pixel] ? 0x8000 : 0);
      if ((x && labels[i - 1] !== label) || (y && labels[i - width] !== label)) edges[i] = 1;
    }
  }
}

function blend(data) {
  const { opacity, lit, segments } = state, { labels, edges } = view;
  for (let i = 0, at = 0; i < labels.length; i++, at += 4) {
    const label = labels[i] & 0x7fff, isDraft = labels[i] & 0x8000;
    let colour, share;
    if (edges[i]) [colour, share] = [isDraft ? draftColour : white, .9];
    else if (isDraft) [colour, share] = [draftColour, .45];
    else if (lit && label !== lit) {
      for (let c = 0; c < 3; c++) data[at + c] *= label ? .6 : .45;
      if (!label) continue;
      [colour, share] = [segments[label - 1].colour, opacity * .35];
    } else if (!label) continue;
    else [colour, share] = [segments[label - 1].colour, label === lit ? Math.min(1, opacity + .2) : prompting.map ? opacity * .5 : opacity];
    for (let c = 0; c < 3; c++) data[at + c] += (colour[c] - data[at + c]) * share;
  }
}

/** Names where there is room for them, the largest segments first. */
function paintNames() {
  context.font = "600 12px system-ui, 'DejaVu Sans', sans-serif";
  context.textBaseline = "middle";
  const taken = [];
  for (const segment of state.segments) {
    if (!segment.label || state.hidden.has(segment.id)) continue;
    const [x, y] = toScreen(...segment.middle), width = context.measureText(segment.title).width + 10;
    if (segment.bbox[2] * view.scale < 24 || segment.bbox[3] * view.scale < 14) continue;
    const box = [x - width / 2, y - 10, x + width / 2, y + 10];
    if (taken.some(other => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    context.fillStyle = "#101620c4";
    context.beginPath();
    context.roundRect(box[0], box[1], width, 20, 5);
    context.fill();
    context.fillStyle = "#fff";
    context.fillText(segment.title, box[0] + 5, y + .5);
  }
}

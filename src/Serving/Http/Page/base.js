"use strict";
// What every other script stands on: elements, what the page knows, calls to the service, words for the user.

const at = id => document.getElementById(id);

const state = {
  file: null,          // the picture chosen for the next run: { blob, name }
  run: null,           // the run at work: { file, id }
  shown: null,         // the segmentation on show: { id, image, result }
  picture: null,       // its pixels
  width: 0, height: 0, // its size
  segments: [],        // what is listed, the largest first
  labels: null,        // for each pixel the place in that list + 1, 0 for none
  hidden: new Set(),   // ids that are switched off
  lit: 0,              // the segment under the mouse, as in labels
  settings: "",        // those of the segmentation that was opened by its address
  opacity: .55,
  methods: [], interactive: false, exports: [],
};

// A key comes in once through the address and stays in this tab.
const asked = new URLSearchParams(location.search), given = asked.get("key") ?? asked.get("code");
if (given) {
  sessionStorage.setItem("key", given);
  history.replaceState(null, "", location.pathname + location.hash);
}

const key = () => sessionStorage.getItem("key");
const headers = () => key() ? { "x-api-key": key(), "x-functions-key": key() } : {};
const call = (path, init = {}) => fetch(path, { ...init, headers: { ...headers(), ...init.headers } });

/** The service said no: the message is for the user. */
class Refusal extends Error { }

/** Asks for a document; whatever is not one becomes a Refusal. */
async function ask(path, init) {
  let answer;
  try { answer = await call(path, init); } catch { throw new Refusal("The service does not answer."); }
  const document = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal(document?.detail || document?.title || `The service answers ${answer.status}.`);
  return document;
}

const post = (path, document) =>
  ask(path, { method: "POST", body: JSON.stringify(document), headers: { "Content-Type": "application/json" } });

function say(text, isBad) {
  at("note").textContent = text;
  at("note").hidden = !text;
  at("note").classList.toggle("bad", !!isBad);
  if (isBad) announce(text);
}

/** For ears alone. */
function announce(text) { at("announcement").textContent = text; }

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function download(blob, name) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

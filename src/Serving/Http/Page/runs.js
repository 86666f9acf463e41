"use strict";
// One run at a time, bound to the picture it was started with; what ended before can be looked at again.

const ended = ["succeeded", "failed", "cancelled"];
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

async function segment() {
  if (state.run || !state.file) return;
  const run = { file: state.file, id: null };
  say("");
  let options;
  try { options = readOptions(); } catch (failure) { return say(failure.message, true); }
  begin(run);
  try {
    const form = new FormData();
    form.append("options", new Blob([JSON.stringify(options)], { type: "application/json" }));
    form.append("image", run.file.blob, run.file.name);
    const status = await ask("/api/segmentations", { method: "POST", body: form });
    run.id = status.id;
    remember(status, run.file.name);
    history.pushState(null, "", `#${status.id}`);
    await follow(run, status);
  } catch (failure) {
    say(failure instanceof Refusal ? failure.message : "The picture cannot be shown.", true);
  } finally { end(run); }
}

function begin(run) {
  state.run = run;
  clearPrompts();
  // The picture may stay; what was found in it, or in another, may not.
  if (state.shown?.file === run.file) forgetAnswer(); else clearPicture();
  listSegments();
  at("go").disabled = true;
  at("stop").hidden = false;
  at("stages").replaceChildren();
}

function end(run) {
  if (state.run !== run) return;
  state.run = null;
  at("go").disabled = !state.file;
  at("stop").hidden = true;
  // Nothing turns any more, however it ended.
  document.querySelectorAll("#stages .running").forEach(stage => { stage.className = "pending"; });
}

async function follow(run, status) {
  while (!ended.includes(status.state)) {
    showStages(status);
    await pause(200);
    status = await ask(`/api/segmentations/${run.id}`);
  }
  showStages(status);
  if (status.links.result) {
    const isOpened = !run.file;
    run.file ??= await pictureOf(status);
    await showResult(status, run.file);
    if (isOpened) fillForm(state.shown.result.request);
    listExports(status.links);
    announce(`Done: ${state.segments.length} segments.`);
    if (innerWidth <= 720) at("stage").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth", block: "start" });
  }
  if (status.state !== "succeeded")
    say(status.state === "cancelled" ? "Stopped." : status.problems.map(problem => problem.message).join("\n"), status.state !== "cancelled");
  listJobs();
}

function showStages(status) {
  const share = Math.round(100 * status.progress);
  at("bar").hidden = false;
  at("bar").setAttribute("aria-valuenow", share);
  at("bar").firstChild.style.width = `${share}%`;
  at("stages").replaceChildren(...status.stages.map(stage => {
    const name = stage.name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() + (stage.attempts > 1 ? ` (run ${stage.attempts})` : "");
    const time = stage.state === "running" && stage.fraction > 0 ? `${Math.round(100 * stage.fraction)} %`
      : stage.state === "skipped" ? "known" : stage.seconds != null ? `${stage.seconds.toFixed(2)} s` : "";
    return element("li", { className: stage.state }, element("span", { className: "mark" }),
      element("span", { textContent: name }), element("span", { className: "time", textContent: time }));
  }));
}

async function stop() {
  const run = state.run;
  if (!run?.id) return;
  try { await ask(`/api/segmentations/${run.id}`, { method: "DELETE" }); } catch (failure) { say(failure.message, true); }
}

/** Shows the segmentation that the address names, running or ended. */
async function openAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id || state.run?.id === id || state.shown?.id === id || !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id)) return;
  if (state.run) return say("One run at a time: this one can be opened when it has ended.", true);
  const run = { file: null, id };
  say("");
  begin(run);
  try {
    await follow(run, await ask(`/api/segmentations/${id}`));
  } catch (failure) {
    say(failure instanceof Refusal ? failure.message : "The picture cannot be shown.", true);
  } finally { end(run); }
}

/** The picture of a segmentation of which only the address is known; it is then the one for the next run. */
async function pictureOf(status) {
  const answer = await call(status.links.picture);
  if (!answer.ok) throw new Refusal((await answer.json()).detail);
  const file = { blob: await answer.blob(), name: jobs().find(job => job.id === status.id)?.name ?? "picture" };
  choose(file, true);
  return file;
}

// What this browser has started; names of pictures stay here.
const jobs = () => { try { return JSON.parse(localStorage.getItem("jobs")) ?? []; } catch { return []; } };

function remember(status, name) {
  const known = jobs().filter(job => job.id !== status.id);
  localStorage.setItem("jobs", JSON.stringify([{ id: status.id, name, method: status.method, created: status.created }, ...known].slice(0, 50)));
  listJobs();
}

function listJobs() {
  const known = jobs();
  at("jobs-box").hidden = !known.length;
  at("jobs").replaceChildren(...known.map(job => {
    const when = new Date(job.created).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const button = element("button", {}, element("span", { className: "name", textContent: `${job.name} · ${job.method}` }),
      element("span", { className: "share", textContent: when }));
    button.onclick = () => { location.hash = job.id; };
    if (state.shown?.id === job.id) button.setAttribute("aria-current", "true");
    return element("li", {}, button);
  }));
}

// How a build goes, and clear words where it has failed.

import { count, find, make } from "./dom.js";

export function showStatus(status) {
  document.body.dataset.state = status.state;
  const progress = find("progress");
  progress.hidden = status.state !== "building";
  const words = find("status");
  if (status.state === "building") {
    progress.max = Math.max(status.total, 1);
    progress.value = status.done;
    words.textContent = status.step;
    words.title = status.step;
    return;
  }
  const alarm = find("alarm");
  alarm.hidden = status.state !== "failed";
  words.title = "";
  if (status.state === "ready") {
    const warnings = status.warnings ? `, ${count(status.warnings, "warning")}` : "";
    words.textContent = `Built in ${status.seconds.toFixed(1)} s${warnings}`;
    return;
  }
  words.textContent = status.errors ? `Not built: ${count(status.errors, "error")}` : "Not built";
  const standing = status.book ? " What you see is the last sound build." : "";
  const reason = status.problem || `The text has ${count(status.errors, "error")}, listed under Findings.`;
  const said = [make("strong", { textContent: "Not built. " }), `${reason}${standing}`];
  if (status.hint) said.push(make("div", { class: "quiet", textContent: status.hint }));
  alarm.replaceChildren(...said);
}

export function showGone() {
  document.body.dataset.state = "gone";
  find("progress").hidden = true;
  find("status").textContent = "The preview has ended";
}

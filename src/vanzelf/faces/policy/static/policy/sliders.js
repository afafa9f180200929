// The picture follows the sliders: one question at a time, always the latest.
// Without this script the page is a form with a button.
const form = document.getElementById("knobs");
let asked = null, busy = false, rest;
const REST = 40; // ms that a slider stands still: every answer counts, so none is asked in passing

function query() {
  return new URLSearchParams(new FormData(form)).toString();
}

function place(fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
    const open = [...old.querySelectorAll("details")].map(one => one.open);
    old.replaceWith(part);
    part.querySelectorAll("details").forEach((one, i) => { one.open = open[i] ?? false; });
  }
}

async function fresh(address, wanted) {
  const response = await fetch(`${address}?${wanted}`);
  if (response.redirected || response.status >= 500) location.reload();
  place(new DOMParser().parseFromString(await response.text(), "text/html"));
  return response.status;
}

async function follow() {
  const wanted = query();
  if (busy || wanted === asked) return;
  busy = true;
  asked = wanted;
  try {
    const status = await fresh(form.dataset.picture, wanted);
    history.replaceState(null, "", `?${wanted}`);
    if (status === 202) setTimeout(() => { asked = null; follow(); }, 500);
    if (status === 200 && query() === wanted) setTimeout(line, 300, wanted);
  } catch {
    asked = null; // the network was away: the next turn asks again
  } finally {
    busy = false;
  }
  if (asked !== null && query() !== asked) follow();
}

// The family's line takes longer, and comes when the picture has rested.
function line(wanted) {
  if (wanted === query()) fresh(form.dataset.family, wanted).catch(() => {});
}

function slider(box) {
  const range = box.querySelector("input[type=range]"), text = box.querySelector("[name]");
  const points = range.dataset.points.split("|"), words = range.dataset.words.split("|");
  const shown = box.querySelector("output");
  const say = () => {
    shown.value = words[range.value];
    range.setAttribute("aria-valuetext", words[range.value]);
  };
  range.addEventListener("input", () => { text.value = points[range.value]; say(); });
  text.addEventListener("change", () => {
    const number = one => Date.parse(one) || parseFloat(one);
    const wanted = number(text.value.replace(",", "."));
    if (isNaN(wanted)) return;
    const far = points.map(point => Math.abs(number(point) - wanted));
    range.value = far.indexOf(Math.min(...far));
    text.value = points[range.value];
    say();
  });
  box.hidden = false;
  box.querySelector(".vz-knob__slide").hidden = false;
  say();
}

document.querySelectorAll(".vz-knob").forEach(slider);
document.getElementById("again").hidden = true;
form.addEventListener("change", follow);
form.addEventListener("input", event => {
  clearTimeout(rest);
  if (event.target.type === "range") rest = setTimeout(follow, REST);
});
asked = document.querySelector("[data-warming]") ? null : query();
follow();

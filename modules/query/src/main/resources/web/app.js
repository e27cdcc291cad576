// Router and refresh loop. The whole state of the page is in the address.

import { ask } from "./api.js";
import { el, empty } from "./dom.js";
import { ago, clock, count, moment } from "./format.js";
import * as fleet from "./fleet.js";
import * as tool from "./tool.js";
import * as alerts from "./alerts.js";
import * as alert from "./alert.js";
import * as runs from "./runs.js";
import * as run from "./run.js";

const PAGES = { fleet, tool, alerts, alert, runs, run };
const view = document.getElementById("view");
const range = document.getElementById("range");
let shown = { place: null, text: null };
let freshAt = null;
let failed = null;
let blocked = null;
let timer = null;
let turn = 0;

function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?", 2);
  const [page, ...rest] = path.split("/");
  return {
    page: PAGES[page] ? page : "fleet",
    name: rest.length ? decode(rest.join("/")) : null,
    params: Object.fromEntries(new URLSearchParams(query ?? "")),
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function refresh() {
  const mine = ++turn;
  clearTimeout(timer);
  const here = place();
  const page = PAGES[here.page];
  here.params.from ??= "-1h";
  mark(here);
  try {
    const data = await page.load(here);
    if (mine !== turn) return;
    failed = null;
    freshAt = data.fresh ?? freshAt;
    show(here, page, data);
  } catch (error) {
    if (mine !== turn) return;
    failed = error;
    if (shown.place !== location.hash || error.status === 404 || error.status === 400) trouble(error);
  }
  stamp();
  if (page.EVERY_MS || failed) timer = setTimeout(refresh, failed ? 2_000 : page.EVERY_MS);
}

function show(here, page, data) {
  const text = JSON.stringify(data, (key, value) => (key === "serverTimeMs" ? undefined : value));
  if (shown.place === location.hash && shown.text === text) return;
  const moved = shown.place !== location.hash;
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  const open = [...view.querySelectorAll("details[open]")].map((d) => d.dataset.key);
  shown = { place: location.hash, text };
  view.replaceChildren(...[page.render(data, here)].flat(Infinity).filter(Boolean));
  view.dataset.page = here.page;
  document.title = page.title(here, data) + " – Tidemark";
  for (const details of view.querySelectorAll("details")) {
    if (open.includes(details.dataset.key)) details.open = true;
  }
  page.mounted?.(view, data, here);
  if (moved) window.scrollTo(0, 0);
  else if (focused) view.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function trouble(error) {
  shown = { place: null, text: null };
  view.replaceChildren(
    empty(
      error.status === 503 ? "Not ready yet" : error.status === 404 ? "Not here" : "No answer",
      el("p", null, error.message + "."),
      el("p", { class: "hint" }, error.hint),
    ),
  );
  view.dataset.page = "trouble";
}

function mark(here) {
  const group = { tool: "fleet", alert: "alerts", run: "runs" }[here.page] ?? here.page;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.page === group) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  range.closest("label").hidden = !["fleet", "tool"].includes(here.page);
  if ([...range.options].some((option) => option.value === here.params.from)) {
    range.value = here.params.from;
  }
}

function stamp() {
  const node = document.getElementById("freshness");
  if (failed) {
    node.className = "freshness stale";
    node.textContent = freshAt?.asOfMs
      ? "no answer since " + clock(freshAt.serverTimeMs) + ", showing " + clock(freshAt.asOfMs)
      : "no answer";
    return;
  }
  node.title = blocked ?? "";
  if (blocked) {
    node.className = "freshness stale";
    node.textContent = "windows do not close" + (freshAt?.asOfMs ? ", as of " + moment(freshAt.asOfMs, freshAt.serverTimeMs) : "");
    return;
  }
  if (!freshAt?.asOfMs) {
    node.className = "freshness";
    node.textContent = freshAt ? "no window closed yet" : "";
    return;
  }
  const age = freshAt.serverTimeMs - freshAt.asOfMs;
  node.className = age > 120_000 || age < -120_000 ? "freshness stale" : "freshness fresh";
  node.textContent =
    "as of " + moment(freshAt.asOfMs, freshAt.serverTimeMs) + ", " + ago(age) +
    (freshAt.partial ? ", this instance only" : "");
}

async function countAlerts() {
  try {
    const answer = await ask("alerts", { status: "firing", limit: 1 });
    const node = document.getElementById("alert-count");
    const text = answer.open ? count(answer.openLines) : "";
    if (node.textContent !== text) node.textContent = text;
    node.title = answer.open + " open";
  } catch {
    // The pages say what is wrong.
  }
  setTimeout(countAlerts, 5_000);
}

async function watchClosing() {
  blocked = (await ask("progress").catch(() => null))?.blocked ?? null;
  stamp();
  setTimeout(watchClosing, 10_000);
}

range.addEventListener("change", () => {
  const [path, query] = location.hash.split("?", 2);
  const params = new URLSearchParams(query ?? "");
  params.set("from", range.value);
  location.hash = (path || "#/fleet") + "?" + params;
});
window.addEventListener("hashchange", refresh);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
refresh();
countAlerts();
watchClosing();

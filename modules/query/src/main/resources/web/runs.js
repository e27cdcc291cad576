// Runs: search, newest first.

import { ask, href } from "./api.js";
import { el, empty, table } from "./dom.js";
import { NONE, count, duration, moment, money } from "./format.js";
import { badge, outcome } from "./badges.js";

export const EVERY_MS = 5_000;
export const title = () => "Runs";
const TEXTS = ["agent", "tool", "version"];
const FLAGS = { hasRetry: "with retries", hasDenial: "with denials", silentRecovery: "silent recovery" };
const OUTCOMES = ["OK", "ERROR", "TIMEOUT", "CANCELLED", "DENIED", "AWAITING_HUMAN", "REJECTED"];

export async function load({ params }) {
  const { from, ...asked } = params;
  const runs = await ask("runs", { limit: 50, ...asked });
  return { fresh: runs, runs, asked };
}

export function render({ runs, asked }) {
  return [
    el("h1", null, "Runs"),
    form(asked),
    runs.runs.length
      ? table("Runs", COLUMNS, runs.runs.map((r) => row(r, runs.serverTimeMs)), { class: "grid" })
      : nothing(runs),
    el(
      "p",
      { class: "pager" },
      el("span", { class: "hint" }, count(runs.matching) + " of " + count(runs.kept) + " runs match"),
      asked.cursor ? el("a", { key: "first", href: href("runs", { ...asked, cursor: "" }) }, "Newest") : null,
      runs.nextCursor ? el("a", { key: "next", href: href("runs", { ...asked, cursor: runs.nextCursor }) }, "Older") : null,
    ),
  ];
}

function nothing(runs) {
  return runs.kept
    ? empty("No run matches", el("p", null, "Take a filter away. "), el("p", null, el("a", { href: "#/runs" }, "All runs")))
    : empty("No runs yet", el("p", null, "A run appears when it has ended. Play a recorded fleet:"), el("pre", null, "./tidemark demo"));
}

function form(asked) {
  const go = (event) => {
    event.preventDefault();
    const chosen = {};
    for (const [name, value] of new FormData(event.currentTarget)) if (value) chosen[name] = value;
    location.hash = href("runs", chosen);
  };
  return el(
    "form",
    { class: "filters", onsubmit: go, "aria-label": "Filters" },
    TEXTS.map((name) => el("label", null, name, el("input", { name, value: asked[name] ?? "", key: "f-" + name, autocomplete: "off", maxlength: 256, size: 16 }))),
    el("label", null, "outcome", el("select", { name: "outcome", key: "f-outcome" }, el("option", { value: "" }, "any"), OUTCOMES.map((o) => el("option", { value: o, selected: asked.outcome === o }, o.toLowerCase().replaceAll("_", " "))))),
    Object.entries(FLAGS).map(([name, text]) => el("label", { class: "check" }, el("input", { type: "checkbox", name, value: "true", checked: asked[name] === "true", key: "f-" + name }), text)),
    el("button", { key: "f-go" }, "Search"),
  );
}

const COLUMNS = [
  { label: "Ended" },
  { label: "Run" },
  { label: "Agent" },
  { label: "Outcome" },
  { label: "Tool calls", class: "num" },
  { label: "Retries", class: "num" },
  { label: "Errors", class: "num" },
  { label: "Denied", class: "num" },
  { label: "Cost", class: "num wide" },
  { label: "Duration", class: "num" },
];

function row(r, nowMs) {
  return el(
    "tr",
    { class: "first" },
    el("td", { class: "time" }, moment(r.endMs, nowMs)),
    el("th", { scope: "row" }, el("a", { class: "id", key: "run-" + r.traceId, href: href("run/" + encodeURIComponent(r.traceId)) }, r.traceId.slice(0, 16))),
    el("td", null, r.agentName + (r.agentVersion ? " " + r.agentVersion : "")),
    el("td", null, outcome(r.outcome), r.succeeded === false && r.outcome === "OK" ? badge("cross", "task failed", "bad") : null, r.silentRecovery ? badge("retry", "recovered", "warn", "succeeded only after a failed, denied or retried attempt") : null, r.looping ? badge("retry", "looping", "bad") : null),
    number(r.toolCalls),
    number(r.retries),
    number(r.toolErrors),
    number(r.toolDenied),
    el("td", { class: "num wide" }, r.costMicros === null ? NONE : money(r.costMicros, r.costCurrency)),
    el("td", { class: "num" }, duration(r.durationMs)),
  );
}

function number(n) {
  return el("td", { class: n ? "num" : "num nil" }, count(n));
}

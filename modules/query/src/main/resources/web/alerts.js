// Alerts: what moved, the loudest open ones first.

import { ask, href } from "./api.js";
import { el, empty, table } from "./dom.js";
import { NONE, count, duration, moment, percent, version, words } from "./format.js";
import { badge, severity } from "./badges.js";

export const EVERY_MS = 2_000;
export const title = () => "Alerts";
const CHOICES = ["all", "firing", "resolved"];

export async function load({ params }) {
  const status = CHOICES.includes(params.status) ? params.status : "all";
  const unfolded = params.children === "1";
  const alerts = await ask("alerts", { status, folded: !unfolded, limit: 200 });
  return { fresh: alerts, alerts, status, unfolded };
}

export function seriesOf(s) {
  return { ...s, kind: s.subjectKind, name: s.subjectName };
}

const COLUMNS = [
  { label: "Severity" },
  { label: "What moved" },
  { label: "Signal", class: "wide" },
  { label: "Before", class: "num" },
  { label: "After", class: "num" },
  { label: "Effect", class: "num" },
  { label: "Changed", class: "num" },
  { label: "Status" },
];

export function render({ alerts, status, unfolded }) {
  const shown = alerts.alerts;
  return [
    el("h1", null, "Alerts"),
    el(
      "div",
      { class: "tabs", role: "group", "aria-label": "Which alerts" },
      CHOICES.map((c) => el("a", { key: "s-" + c, href: href("alerts", c === "all" ? {} : { status: c }), "aria-current": c === status ? "true" : null }, c)),
    ),
    alerts.below
      ? el("p", { class: "hint" }, el("a", { key: "fold", href: href("alerts", { ...(status === "all" ? {} : { status }), ...(unfolded ? {} : { children: "1" }) }) }, unfolded ? "Fold alerts below others" : "Show " + count(alerts.below) + " alerts below others"))
      : null,
    shown.length
      ? table("Alerts", COLUMNS, shown.map((a) => row(a, alerts.serverTimeMs)), { class: "grid" })
      : empty(
          status === "firing" ? "Nothing is firing" : "No alerts",
          el("p", null, status === "firing" && alerts.total ? count(alerts.total) + " earlier ones are under all." : "Every series is compared with its own past and with its other versions; what moves beyond the budget of false alerts appears here."),
        ),
  ];
}

// A value of a quantity in its unit: microseconds, micros of a currency, or a plain number.
export function quantity(q, value) {
  if (q.unit === "us") return duration(value / 1000);
  if (q.unit.startsWith("micros")) return ((value / 1e6).toFixed(4) + " " + q.unit.slice(10)).trim();
  return Number.isInteger(value) ? count(value) : value.toFixed(2);
}

// What was seen for the first time, and loops of single runs: facts that nobody set a limit for.
const FACTS = ["NEW_ERROR_TYPE", "NEW_TOOL", "NEW_VERSION", "LIVE_LOOP"];

export function isFact(a) {
  return FACTS.includes(a.signal);
}

// How often runs call a tool is tested as calls among calls and ends of runs, and told per run.
// A value of the signal: a quantity, calls or runs, or a rate. How often runs
// call a tool is tested as calls among calls and ends of runs, and told per run.
export function value(a, rate, q) {
  if (q) return quantity(q, q.mean);
  if (a.signal === "TOOL_USE") return (rate.x / Math.max(1, rate.n - rate.x)).toFixed(2) + " a run";
  if (a.signal === "VOLUME") return rate.rate.toFixed(1) + " in 5 min";
  return percent(rate.rate);
}

// How many times as much as before; nothing can be said beside nothing.
export function effect(a) {
  const none = a.ratio === null || isFact(a) || a.limit !== null || (!a.beforeQuantity && a.before.x === 0);
  if (none) return null;
  const perRun = (r) => r.x / Math.max(1, r.n - r.x);
  return a.signal === "TOOL_USE" ? perRun(a.after) / perRun(a.before) : a.ratio;
}

// The subject without the stand-in for all.
export function about(s) {
  return s.subjectKind === "FLEET" ? "whole fleet, " + s.environment : words(s.subjectKind) + " " + s.subjectName + ", " + version(seriesOf(s));
}

function folded(a) {
  if (a.loopingRuns > 1) return ", newest of " + count(a.loopingRuns) + " runs that loop";
  return a.below ? ", and " + count(a.below) + (a.below === 1 ? " child" : " children") : "";
}

function row(a, nowMs) {
  const times = effect(a);
  return el(
    "tr",
    { class: a.open ? "first" : "first past" },
    el("td", null, severity(a.severity, a.open)),
    el("th", { scope: "row" }, el("a", { href: href("alert/" + encodeURIComponent(a.alertKey)), key: "a-" + a.alertKey }, a.title || a.series.subjectName), el("span", { class: "sub" }, about(a.series) + folded(a))),
    el("td", { class: "wide" }, words(a.signal)),
    el("td", { class: "num" }, isFact(a) ? NONE : a.limit !== null ? "limit" : value(a, a.before, a.beforeQuantity)),
    el("td", { class: "num" }, isFact(a) ? NONE : value(a, a.after, a.afterQuantity)),
    el("td", { class: "num" }, times === null ? NONE : times.toFixed(1) + "x"),
    el("td", { class: "num" }, moment(a.changeMs, nowMs)),
    el("td", null, a.open ? badge("bell", words(a.status), "bad") : badge("check", words(a.status), "calm")),
  );
}

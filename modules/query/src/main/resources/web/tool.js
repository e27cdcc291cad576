// Tool: its versions over each other, one signal at a time.

import { ask, href } from "./api.js";
import { el, empty, table } from "./dom.js";
import { NONE, SIGNALS, count, duration, moment, version, words } from "./format.js";
import { state } from "./badges.js";
import { fullBar, lines, rate, swatch } from "./plots.js";

export const EVERY_MS = 2_000;
export const title = (here) => here.name;

const RESOLUTION = { "-15m": "15s", "-1h": "1m", "-6h": "5m", "-1d": "1h", "-7d": "1h" };

export async function load({ name, params }) {
  const [windows, changes, alerts, states] = await Promise.all([
    ask("windows", { kind: "TOOL", name, from: params.from, groupBy: "agentName,agentVersion,toolVersion", resolution: RESOLUTION[params.from] ?? "auto" }),
    ask("changes", { from: params.from, limit: 50 }),
    ask("alerts", { status: "firing", limit: 500 }).catch(() => ({ alerts: [] })),
    ask("states", { kind: "TOOL", name, limit: 500 }).catch(() => null),
  ]);
  const mine = alerts.alerts.filter((a) => a.series.subjectName === name && !(a.signal === "LIVE_LOOP" && a.under));
  return { fresh: windows, windows, changes, alerts: mine, states };
}

const signalOf = (params) => (SIGNALS[params.signal] ? params.signal : "retryRate");

function marks(data, name) {
  const agents = new Set(data.windows.series.map((s) => s.series.agentName));
  return data.changes.changes
    .filter((c) => c.previousVersion !== null)
    .filter((c) => c.name === name || (c.kind === "AGENT_VERSION" && agents.has(c.name)))
    .map((c) => ({ ms: c.timeMs, label: c.name + " " + c.version }));
}

export function render(data, here) {
  const { windows } = data;
  const signal = signalOf(here.params);
  const all = windows.series.filter((s) => s.points.length);
  return [
    el("p", { class: "crumbs" }, el("a", { href: href("fleet", { from: here.params.from }) }, "Fleet"), " / tool"),
    el("h1", null, here.name),
    data.alerts.map((a) => el("p", { class: "callout" }, el("a", { href: href("alert/" + encodeURIComponent(a.alertKey)), key: "c-" + a.alertKey }, a.summary || a.title), a.loopingRuns > 1 ? " It is the newest of " + count(a.loopingRuns) + " runs that loop." : null)),
    el(
      "div",
      { class: "tabs", role: "group", "aria-label": "Signal" },
      Object.entries(SIGNALS).map(([key, s]) =>
        el("a", { key: "s-" + key, "aria-current": key === signal ? "true" : null, href: href("tool/" + encodeURIComponent(here.name), { from: here.params.from, signal: key }) }, s.label),
      ),
    ),
    all.length
      ? [
          el("div", { class: "plot" }, el("canvas", { id: "plot", role: "img", "aria-label": SIGNALS[signal].label + " of " + here.name + " over time; the numbers are in the tables below" })),
          versions(all, here),
          standings(data.states),
          numbers(all, signal),
          all.some((s) => s.points.at(-1).open) ? el("p", { class: "hint" }, "The dotted end is still open: late calls may move it.") : null,
        ]
      : empty("Silent in this range", el("p", null, "The tool is known but was not called: choose a longer range.")),
  ];
}

const COLUMNS = [
  { label: "Version" },
  { label: "Attempts", class: "num" },
  { label: "Operations", class: "num wide" },
  { label: "Retry", class: "num" },
  { label: "Error", class: "num" },
  { label: "Denied", class: "num" },
  { label: "p50", class: "num" },
  { label: "p95", class: "num" },
  { label: "p99", class: "num wide" },
  { label: "Unknown duration", class: "num wide" },
  { label: "Runs" },
];

function versions(series, here) {
  const full = fullBar(series.flatMap((s) => [s.total.retryRate, s.total.errorRate, s.total.denialRate]));
  const rows = series.map((s, i) => {
    const f = s.total;
    return el(
      "tr",
      null,
      el("th", { scope: "row" }, swatch(i), " ", version(s.series)),
      el("td", { class: "num" }, count(f.attempts)),
      el("td", { class: "num wide" }, count(f.operations)),
      el("td", { class: "num" }, rate(f.retryRate, full)),
      el("td", { class: "num" }, rate(f.errorRate, full)),
      el("td", { class: "num" }, rate(f.denialRate, full)),
      el("td", { class: "num" }, duration(f.p50Ms)),
      el("td", { class: "num" }, duration(f.p95Ms)),
      el("td", { class: "num wide" }, duration(f.p99Ms)),
      el("td", { class: "num wide" }, count(f.durationUnknown)),
      el("td", null, el("a", { key: "r-" + i, href: href("runs", { tool: here.name, version: s.series.agentVersion, hasRetry: "true" }) }, "with retries")),
    );
  });
  return table("Versions in the range", COLUMNS, rows, { class: "grid" });
}

const STANDING = [
  { label: "Version" },
  { label: "Signal" },
  { label: "State" },
  { label: "Known", class: "num", title: "trials the baseline rests on" },
  { label: "To find a doubling" },
  { label: "Last told", class: "num wide" },
];

/** Where every signal of every version stands: silence is only good where something could be seen. */
function standings(states) {
  if (!states?.states.length) return null;
  const rows = states.states.map((s, i, all) => {
    const first = i === 0 || version(all[i - 1].series) !== version(s.series);
    return el(
      "tr",
      { class: first ? "first" : null },
      el("th", { scope: "row" }, first ? version(s.series) : el("span", { class: "unseen" }, version(s.series))),
      el("td", null, words(s.signal) + (s.item ? " " + s.item : "")),
      el("td", null, state(s.label)),
      el("td", { class: "num" }, count(s.baseline) + " " + s.unit),
      el("td", null, s.needed && s.label !== "FIRING" ? "needs " + count(s.needed) + " more " + s.unit : NONE),
      el("td", { class: "num wide" }, moment(s.lastMs, states.toldUpToMs)),
    );
  });
  return [
    el("h2", { class: "section" }, "Where its signals stand"),
    table("Where its signals stand", STANDING, rows, { class: "grid" }),
    el("p", { class: "hint" }, "No state keeps an alert from firing: a larger shift than a doubling needs less."),
  ];
}

function numbers(series, signal) {
  const times = [...new Set(series.flatMap((s) => s.points.map((p) => p.startMs)))].sort((a, b) => b - a).slice(0, 240);
  const open = new Set(series.flatMap((s) => s.points.filter((p) => p.open).map((p) => p.startMs)));
  const at = series.map((s) => new Map(s.points.map((p) => [p.startMs, p.figures])));
  return el(
    "details",
    { key: "numbers" },
    el("summary", { key: "numbers-summary" }, "The plot as numbers"),
    table(
      SIGNALS[signal].label + " over time",
      [{ label: "From" }, ...series.map((s) => ({ label: version(s.series), class: "num" }))],
      times.map((ms) => el("tr", null, el("th", { scope: "row" }, moment(ms, times[0]), open.has(ms) ? " (open)" : ""), at.map((m) => el("td", { class: "num" }, m.has(ms) ? SIGNALS[signal].format(m.get(ms)[signal]) : "–")))),
      { class: "grid" },
    ),
  );
}

export function mounted(view, data, here) {
  const canvas = view.querySelector("#plot");
  if (!canvas) return;
  const signal = signalOf(here.params);
  const { windows } = data;
  lines(canvas, {
    series: windows.series
      .filter((s) => s.points.length)
      .map((s) => ({ label: version(s.series), points: gaps(s.points, signal, windows.resolutionMs) })),
    marks: marks(data, here.name),
    format: SIGNALS[signal].format,
    fromMs: windows.range.fromMs,
    toMs: Math.max(windows.range.toMs, ...windows.series.flatMap((s) => s.points.map((p) => p.startMs))),
    label: SIGNALS[signal].label,
  });
}

/** Points with a hole wherever a stretch of time has no window. */
export function gaps(points, figure, resolutionMs) {
  const out = [];
  points.forEach((p, i) => {
    if (i && p.startMs - points[i - 1].startMs > resolutionMs) out.push({ x: p.startMs - resolutionMs, y: NaN });
    out.push({ x: p.startMs, y: p.figures[figure] ?? NaN, open: p.open });
  });
  return out;
}

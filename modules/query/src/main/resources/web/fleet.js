// Fleet: the whole at a glance, then every tool by version.

import { ask, href } from "./api.js";
import { el, empty, table } from "./dom.js";
import { count, duration, money, percent, version, words } from "./format.js";
import { severity, standing } from "./badges.js";
import { fullBar, rate, sparkline } from "./plots.js";

export const EVERY_MS = 2_000;
export const title = () => "Fleet";

export async function load({ params }) {
  const from = params.from;
  const [overview, subjects, states] = await Promise.all([
    ask("overview", { from }),
    ask("subjects", { kind: "TOOL", from, limit: 500 }),
    ask("states", { limit: 1 }).catch(() => null),
  ]);
  return { fresh: overview, overview, subjects, watched: states && { counts: states.counts, total: states.total, pending: states.pendingSeries } };
}

export function render({ overview, subjects, watched }, here) {
  if (!overview.asOfMs) return start();
  return [
    el("h1", { class: "unseen" }, "Fleet"),
    cards(overview),
    lost(overview),
    loudest(overview),
    tools(subjects, here.params),
    watching(watched),
  ];
}

function start() {
  return empty(
    "No spans yet",
    el("p", null, "Play a recorded fleet through Kafka and watch a drift being found:"),
    el("pre", null, "./tidemark demo"),
    el("p", null, "Or point your agent at the topic agent-spans, or its OpenTelemetry exporter at Tidemark's OTLP port. "),
    el("p", { class: "hint" }, "Figures appear when the first window closes, about half a minute after the first span."),
  );
}

// What agents dropped before it was sent is in no figure of the page.
function lost({ figures }) {
  if (!figures?.captureLost) return null;
  return el("p", { class: "hint", role: "note" }, count(figures.captureLost) + " records in this range were dropped by agents before they were sent: no figure here has them. 'tidemark doctor' says whose and why.");
}

// What may be silent because nothing happens, and what because nothing could be seen.
function watching(watched) {
  if (!watched?.total) return null;
  const { counts, total, pending } = watched;
  const some = [
    [counts.FIRING, " fire"],
    [counts.OK, " would show a doubling"],
    [counts.INSUFFICIENT_BASELINE, " have too few calls for that"],
    [counts.LEARNING, " have just begun"],
    [counts.NO_DATA, " tell nothing any more"],
  ];
  return el(
    "p",
    { class: "hint" },
    count(total) + " signals of tools, models, agents and the fleet are watched: " + some.filter(([n]) => n).map(([n, what]) => count(n) + what).join(", ") + ". ",
    pending ? count(pending) + " more series are being read." : "",
  );
}

function cards({ figures, before, openAlerts, openLines, subjects }) {
  const f = figures ?? {};
  const b = before ?? {};
  return el(
    "section",
    { class: "cards", "aria-label": "The fleet in the range" },
    card("Runs", count(f.runs ?? 0), change(f.runs, b.runs, count)),
    card("Success", percent(f.successRate), points(f.successRate, b.successRate), of(f.runsSucceeded, (f.runsSucceeded ?? 0) + (f.runsFailed ?? 0), "runs with a verdict")),
    card("Silent recovery", percent(f.silentRecoveryRate), points(f.silentRecoveryRate, b.silentRecoveryRate), "succeeded, but only after trouble"),
    card("Denials", count(f.denied ?? 0), change(f.denied, b.denied, count), percent(f.denialRate) + " of attempts"),
    card("Cost", money(f.costMicros, f.costCurrency), null, f.costUnknown ? count(f.costUnknown) + " calls of unknown cost" : "all calls priced"),
    card("Open alerts", count(openLines), null, (openAlerts > openLines ? count(openAlerts - openLines) + " more below them, " : "") + subjects.tools + " tools, " + subjects.agents + " agents", openAlerts ? "loud" : ""),
  );
}

function card(name, value, delta, note, tone = "") {
  return el(
    "div",
    { class: "card " + tone },
    el("h2", null, name),
    el("p", { class: "value" }, value),
    el("p", { class: "note" }, delta ? el("span", { class: "delta" }, delta) : null, note ?? ""),
  );
}

const of = (part, all, what) => (all ? count(part) + " of " + count(all) + " " + what : "no run with a verdict");

function change(now, before, format) {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const d = now - before;
  return (d > 0 ? "+" : d < 0 ? "−" : "±") + format(Math.abs(d)) + " to the range before. ";
}

function points(now, before) {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const d = (now - before) * 100;
  if (Math.abs(d) < 0.05) return "unchanged. ";
  return (d > 0 ? "+" : "−") + Math.abs(d).toFixed(1) + " points. ";
}

function loudest({ loudest }) {
  if (!loudest.length) return null;
  return el(
    "ul",
    { class: "loudest", "aria-label": "Loudest open alerts" },
    loudest.map((a) =>
      el("li", null, severity(a.severity), el("a", { href: href("alert/" + encodeURIComponent(a.alertKey)), key: "l-" + a.alertKey }, a.title, a.loopingRuns > 1 ? ", " + count(a.loopingRuns) + " runs" : "")),
    ),
  );
}

const COLUMNS = [
  { label: "Tool" },
  { label: "Version" },
  { label: "Attempts", class: "num" },
  { label: "Retry", class: "num", title: "retry attempts / attempts" },
  { label: "Over time", class: "wide", title: "retry rate over the range" },
  { label: "Error", class: "num" },
  { label: "Denied", class: "num" },
  { label: "p50", class: "num wide" },
  { label: "p95", class: "num" },
  { label: "Cost", class: "num wide" },
  { label: "State", title: "its loudest alert, else in how many of its signals a doubling would be found" },
];

function tools({ subjects, silentSeries, moreSeries, alertsKnown }, params) {
  if (!subjects.length) {
    return empty(
      "No tool was called in this range",
      el("p", null, silentSeries ? count(silentSeries) + " known series are silent: choose a longer range." : "Runs without tool calls have no row here."),
    );
  }
  const full = fullBar(subjects.flatMap((s) => [s.figures.retryRate, s.figures.errorRate, s.figures.denialRate]));
  const rows = [];
  for (const [name, versions] of group(subjects)) {
    const top = Math.max(...versions.flatMap((s) => s.retryTrend.map((r) => r ?? 0)), 0.05);
    versions.forEach((subject, i) => {
      const f = subject.figures;
      rows.push(
        el(
          "tr",
          { class: i === 0 ? "first" : null },
          i === 0
            ? el("th", { scope: "rowgroup", rowspan: versions.length }, el("a", { href: href("tool/" + encodeURIComponent(name), { from: params.from }), key: "tool-" + name }, name))
            : null,
          el("td", { class: "version" }, version(subject.series)),
          el("td", { class: "num" }, count(f.attempts)),
          el("td", { class: "num" }, rate(f.retryRate, full)),
          el("td", { class: "wide" }, sparkline(subject.retryTrend, top, "retry rate over time")),
          el("td", { class: "num" }, rate(f.errorRate, full)),
          el("td", { class: "num" }, rate(f.denialRate, full)),
          el("td", { class: "num wide" }, duration(f.p50Ms)),
          el("td", { class: "num" }, duration(f.p95Ms)),
          el("td", { class: "num wide" }, money(f.costMicros, f.costCurrency)),
          el("td", null, subject.alert ? el("a", { class: "plain", href: href("alert/" + encodeURIComponent(subject.alert.alertKey)), key: "a-" + subject.alert.alertKey, title: subject.alert.title }, severity(subject.alert.severity), " " + words(subject.alert.signal)) : alertsKnown || subject.states ? standing(subject.states) : "not known"),
        ),
      );
    });
  }
  return [
    el("h2", { class: "section" }, "Tools by version"),
    table("Tools by version", COLUMNS, rows, { class: "grid" }),
    el("p", { class: "hint" }, silentSeries ? count(silentSeries) + " silent series not shown. " : "", moreSeries ? count(moreSeries) + " more series not shown." : ""),
  ];
}

/** Tools with an open alert first, then the busiest. */
function group(subjects) {
  const groups = new Map();
  for (const s of subjects) groups.set(s.series.name, [...(groups.get(s.series.name) ?? []), s]);
  const weight = (versions) => versions.reduce((sum, s) => sum + s.figures.attempts + (s.alert ? 1e12 : 0), 0);
  return [...groups].sort(([, a], [, b]) => weight(b) - weight(a));
}

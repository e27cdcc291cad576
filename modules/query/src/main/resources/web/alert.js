// One alert: the sentence, the evidence, what changed before, and runs that show it.

import { ask, href } from "./api.js";
import { el, facts, table } from "./dom.js";
import { NONE, SIGNALS, clock, count, duration, figureOf, moment, percent, version, words } from "./format.js";
import { badge, outcome, severity } from "./badges.js";
import { intervals, lines, swatch } from "./plots.js";
import { effect, isFact, quantity, seriesOf, value } from "./alerts.js";
import { gaps } from "./tool.js";

export const EVERY_MS = 2_000;
export const title = (here, data) => data.alert.title || here.name;
const BEFORE_MS = 45 * 60_000;
const AFTER_MS = 30 * 60_000;
// Labels that say what the rows above them say.
const OURS = ["alertname", "direction", "tenant", "environment", "subject_kind", "subject", "agent", "agent_version", "tool_version", "model_backend", "item"];

export async function load({ name }) {
  const detail = await ask("alerts/" + encodeURIComponent(name));
  const { alert } = detail;
  const figure = figureOf(alert.signal);
  const [windows, before] = figure
    ? await Promise.all([over(alert, alert.series), alert.baseline ? over(alert, alert.baseline) : null])
    : [null, null];
  return { fresh: detail, alert, runs: detail.exemplarRuns, figure, windows, before };
}

async function over(alert, s) {
  try {
    return await ask("windows", {
      kind: s.subjectKind, name: s.subjectName, tenant: s.tenant, environment: s.environment,
      agentName: s.agentName, agentVersion: s.agentVersion, toolVersion: s.toolVersion, modelBackend: s.modelBackend,
      from: alert.changeMs - BEFORE_MS, to: Math.max(alert.updatedAtMs, alert.changeMs) + AFTER_MS, resolution: "1m", open: false,
    });
  } catch {
    return null;
  }
}

export function render({ alert: a, runs, windows, before }, here) {
  const series = seriesOf(a.series);
  return [
    el("p", { class: "crumbs" }, el("a", { href: "#/alerts" }, "Alerts"), " / " + words(a.signal)),
    el("p", { class: "badges" }, severity(a.severity, a.open), a.open ? badge("bell", words(a.status), "bad") : badge("check", words(a.status), "calm"), a.flapCount ? badge("retry", "episode " + (a.flapCount + 1), "calm") : null),
    el("h1", { class: "sentence" }, a.summary || a.title),
    a.note ? el("p", { class: "hint" }, a.notedBy + " noted: " + a.note) : null,
    el(
      "section",
      { class: "panel", "aria-label": "Before and after" },
      ...panel(a),
    ),
    windows
      ? el(
          "section",
          { class: "panel", "aria-label": "Over time" },
          el("h2", null, "Over time"),
          el("div", { class: "plot low" }, el("canvas", { id: "plot", role: "img", "aria-label": words(a.signal) + " over time around the change" })),
          el("p", { class: "hint legend" }, swatch(0), " " + version(series), before ? [swatch(1), " " + version(seriesOf(a.baseline)) + " (baseline)"] : null),
        )
      : null,
    el(
      "section",
      { class: "columns" },
      el(
        "div",
        { class: "panel" },
        el("h2", null, "What and when"),
        facts([
          [words(a.series.subjectKind), subject(a)],
          ["version", version(series)],
          ["compared with", a.baseline ? version(seriesOf(a.baseline)) : a.limit !== null ? null : "its own past"],
          [isFact(a) ? "seen at" : "changed at", moment(a.changeMs) + (a.changeLowMs < a.changeHighMs ? " (between " + clock(a.changeLowMs) + " and " + clock(a.changeHighMs) + ")" : "")],
          ["alert since", moment(a.startsAtMs)],
          ["last update", moment(a.updatedAtMs)],
          ["ended", a.endsAtMs === null ? null : moment(a.endsAtMs)],
          ["environment", a.series.environment],
          ["tenant", a.series.tenant],
          ...Object.entries(a.labels).filter(([name]) => !OURS.includes(name)),
        ]),
      ),
      el("div", { class: "panel" }, el("h2", null, "What changed before it"), changes(a)),
    ),
    carried(a),
    exemplars(runs),
    el(
      "details",
      { key: "evidence" },
      el("summary", { key: "evidence-summary" }, "Evidence in numbers"),
      facts([
        ["evidence (log)", a.logEvidence?.toFixed(2) + " of " + a.threshold?.toFixed(2) + " needed"],
        ["mode", a.modes.map(words).join(", ")],
        ["leading alternative", a.alternative],
        ["over-dispersion", a.phi?.toFixed(2)],
        ["false alerts promised", a.limit !== null ? "none: a limit claims no statistics" : a.budgetPerDay + " a day, of which this detector may spend " + percent(a.share)],
        ["late records since", count(a.lateDropped)],
        ["detector", a.detector + ", configuration " + a.configHash],
        ["event", a.eventId],
      ]),
    ),
    related(a),
  ];
}

// What was seen, as the kind of signal asks for.
function panel(a) {
  if (isFact(a)) {
    return [el("h2", null, words(a.signal)), facts([[a.signal === "LIVE_LOOP" ? "run" : "name", a.item], ["seen", a.limit]]), el("p", { class: "hint" }, "A fact: no statistics claimed.")];
  }
  if (a.limit !== null) {
    return [el("h2", null, "Limit you set"), facts([["limit", a.limit], ["seen", a.alternative]]), el("p", { class: "hint" }, "A limit you set: no statistics claimed.")];
  }
  const times = effect(a);
  const compared = times === null ? "There was none before." : "It is " + times.toFixed(2) + " times what it was.";
  const head = el("h2", null, words(a.signal) + (a.item ? " " + a.item : "") + ", before and after");
  if (a.afterQuantity) {
    return [head, facts([["before", spread(a.beforeQuantity)], ["after", spread(a.afterQuantity)]]), el("p", { class: "hint" }, "Mean with its interval. " + compared)];
  }
  if (a.signal === "TOOL_USE" || a.signal === "VOLUME") {
    return [head, facts([["before", value(a, a.before)], ["after", value(a, a.after)]]), el("p", { class: "hint" }, compared)];
  }
  const of = (r) => count(r.x) + " of " + count(r.n);
  const bars = intervals([
    { label: "before", tone: "before", ...a.before, note: of(a.before) },
    { label: "after", tone: "after", ...a.after, note: of(a.after) },
  ]);
  return [head, bars, el("p", { class: "hint" }, "Bands are " + percent(a.after.level) + " intervals. " + compared)];
}

function subject(a) {
  const name = a.series.subjectKind === "FLEET" ? "all agents" : a.series.subjectName;
  return a.series.subjectKind === "TOOL" ? el("a", { href: href("tool/" + encodeURIComponent(name)), key: "subject" }, name) : name;
}

function changes(a) {
  if (!a.changes.length) return el("p", { class: "hint" }, "Nothing was rolled out near the change, as far as the records say.");
  return el(
    "ol",
    { class: "changes" },
    a.changes.map((c) =>
      el("li", null, el("strong", null, c.name + " " + c.version), c.previousVersion ? " after " + c.previousVersion : "", el("span", { class: "sub" }, words(c.kind) + ", " + words(c.source) + ", " + distance(c.timeMs - a.changeMs)), c.note ? el("span", { class: "sub" }, c.note) : null),
    ),
  );
}

function spread(q) {
  if (!q) return NONE;
  const of = (v) => quantity(q, v);
  return "p50 " + of(q.p50) + ", p90 " + of(q.p90) + ", p99 " + of(q.p99) + ", mean " + of(q.mean) + " (" + of(q.meanLow) + " to " + of(q.meanHigh) + ") of " + count(q.n);
}

function carried(a) {
  const part = (x, n) => count(x) + (n ? " of " + count(n) : "");
  const rows = a.dimensions.map((d) => [words(d.dimension) + " " + d.value, percent(d.share) + " of the shift (" + part(d.beforeX, d.beforeN) + " before, " + part(d.afterX, d.afterN) + " after)"]);
  if (Math.abs(a.mixShare) >= 0.005) rows.push(["mix", percent(a.mixShare) + " of it is another mix, not another behaviour"]);
  return [
    rows.length ? [el("h2", { class: "section" }, "What carries it"), facts(rows)] : null,
    a.doubts.length ? [el("h2", { class: "section" }, "What would have to be true for it to be wrong"), el("ul", null, a.doubts.map((d) => el("li", null, d)))] : null,
  ];
}

function distance(ms) {
  if (Math.abs(ms) < 1_000) return "at that moment";
  return duration(Math.abs(ms)) + (ms < 0 ? " before" : " after");
}

function exemplars(runs) {
  if (!runs.length) return null;
  const columns = [{ label: "When" }, { label: "Shows" }, { label: "Run" }, { label: "Outcome" }, { label: "Retries", class: "num" }, { label: "Denied", class: "num" }, { label: "Duration", class: "num" }];
  const once = runs.filter((r, i) => runs.findIndex((o) => o.traceId === r.traceId && o.before === r.before) === i);
  const rows = once.map((r, i) =>
    el(
      "tr",
      { class: "first" },
      el("td", null, r.before ? "before" : "after"),
      el("td", null, words(r.category)),
      el("th", { scope: "row" }, el("a", { class: "id", key: "run-" + i, href: href("run/" + encodeURIComponent(r.traceId), r.spanId ? { span: r.spanId } : {}) }, r.traceId.slice(0, 16))),
      el("td", null, r.run ? outcome(r.run.outcome) : "summary expired"),
      el("td", { class: "num" }, r.run ? count(r.run.retries) : NONE),
      el("td", { class: "num" }, r.run ? count(r.run.toolDenied) : NONE),
      el("td", { class: "num" }, r.run ? duration(r.run.durationMs) : NONE),
    ),
  );
  // Runs kept because they went well show what was before or came after, not the matter itself.
  const head = runs.some((r) => !r.before && r.category !== "ok") ? "Runs that show it" : "Runs around it";
  return [el("h2", { class: "section" }, head), table(head, columns, rows, { class: "grid" })];
}

function related(a) {
  const keys = [...(a.parentAlertKey ? [["also at the level above", a.parentAlertKey]] : []), ...a.childAlertKeys.map((k) => ["also below", k])];
  return keys.length ? facts(keys.map(([name, key]) => [name, el("a", { href: href("alert/" + encodeURIComponent(key)), key: "rel-" + key }, key.slice(0, 12))])) : null;
}

export function mounted(view, { alert: a, figure, windows, before }) {
  const canvas = view.querySelector("#plot");
  if (!canvas) return;
  const points = (w) => (w?.series ?? []).flatMap((s) => gaps(s.points, figure, w.resolutionMs));
  lines(canvas, {
    series: [
      { label: version(seriesOf(a.series)), points: points(windows) },
      ...(before ? [{ label: version(seriesOf(a.baseline)) + " (baseline)", points: points(before) }] : []),
    ],
    marks: [{ ms: a.changeMs, label: "change" }],
    format: SIGNALS[figure]?.format ?? percent,
    fromMs: windows.range.fromMs,
    toMs: windows.range.toMs,
    label: words(a.signal),
  });
}

// One run: what happened when, span by span, and its C.A.S.E. record.

import { ask, href } from "./api.js";
import { el, facts, svg } from "./dom.js";
import { count, duration, moment, money, words } from "./format.js";
import { attempt, badge, outcome } from "./badges.js";

export const EVERY_MS = 0;
export const title = (here) => "Run " + here.name.slice(0, 8);

export async function load({ name, params }) {
  const run = await ask("runs/" + encodeURIComponent(name));
  return { fresh: run, run, chosen: params.span ?? null };
}

export function render({ run: answer, chosen }, here) {
  const { run, rows } = answer;
  return [
    el("p", { class: "crumbs" }, el("a", { href: "#/runs" }, "Runs"), " / ", el("span", { class: "id" }, run.traceId)),
    el("h1", { class: "sentence" }, sentence(run)),
    el("p", { class: "badges" }, outcome(run.outcome), run.silentRecovery ? badge("retry", "silent recovery", "warn") : null, run.looping ? badge("retry", "looping", "bad") : null, run.toolDenied ? badge("deny", count(run.toolDenied) + " denied", "warn") : null),
    answer.missing.note ? el("p", { class: "callout" }, answer.missing.note) : null,
    answer.missing.beyondLimit ? el("p", { class: "callout" }, "Showing " + count(rows.length) + " of " + count(rows.length + answer.missing.beyondLimit) + " spans.") : null,
    rows.length ? waterfall(answer, chosen ?? rows[0].spanId, here) : null,
    el("h2", { class: "section" }, "C.A.S.E. record"),
    record(answer.caseSummary),
  ];
}

function sentence(run) {
  const who = run.agentName + (run.agentVersion ? " " + run.agentVersion : "");
  const end = run.succeeded === true ? "succeeded" : run.succeeded === false ? "did not succeed" : "ended " + words(run.outcome);
  const trouble = [
    [run.retries, "retry", "retries"],
    [run.toolErrors, "failed call", "failed calls"],
    [run.toolDenied, "denied call", "denied calls"],
  ].filter((t) => t[0]).map(([n, one, many]) => n + " " + (n === 1 ? one : many));
  return who + " " + end + (trouble.length ? " with " + trouble.join(", ") : "") + (run.durationMs === null ? "" : " in " + duration(run.durationMs)) + (run.costMicros === null ? "" : " for " + money(run.costMicros, run.costCurrency));
}

function waterfall(answer, chosen, here) {
  const { rows, extent } = answer;
  const length = Math.max(extent.endMs - extent.startMs, 1);
  const list = el("ol", { class: "waterfall", role: "listbox", "aria-label": "Spans, in order of the call tree", "aria-describedby": "keys" });
  const detail = el("section", { class: "panel detail", "aria-live": "polite", "aria-label": "The chosen span" });
  const items = rows.map((row, i) => item(row, i, answer, length, choose));
  function choose(i, focus) {
    items.forEach((node, j) => {
      node.setAttribute("aria-selected", i === j ? "true" : "false");
      node.tabIndex = i === j ? 0 : -1;
    });
    detail.replaceChildren(...spanDetail(rows[i], answer.events).flat(Infinity).filter(Boolean));
    if (focus) {
      items[i].focus();
      history.replaceState(null, "", href("run/" + encodeURIComponent(here.name), { span: rows[i].spanId }));
    }
  }
  list.addEventListener("keydown", (event) => {
    const at = items.findIndex((node) => node.getAttribute("aria-selected") === "true");
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(Math.min(Math.max(to, 0), items.length - 1), true);
  });
  list.append(...items);
  choose(Math.max(rows.findIndex((row) => row.spanId === chosen), 0), false);
  return [
    el("p", { class: "hint", id: "keys" }, count(rows.length) + " spans over " + duration(length) + ". Arrow keys move, a tick marks a span of unknown duration."),
    el("div", { class: "split" }, list, detail),
  ];
}

function item(row, index, answer, length, choose) {
  const s = row.span;
  const at = ((row.startMs - answer.extent.startMs) / length) * 100;
  const known = row.durationUs !== null;
  const width = known ? Math.max((row.durationUs / 1_000 / length) * 100, 0.3) : 0;
  const tone = { OK: "ok", ERROR: "bad", TOOL_ERROR: "bad", TIMEOUT: "bad", DENIED: "warn", REJECTED: "warn" }[s.outcome] ?? "calm";
  const end = ((s.endMs - answer.extent.startMs) / length) * 100;
  return el(
    "li",
    { role: "option", class: "span depth" + Math.min(row.depth, 12) + (row.critical ? " critical" : ""), "data-span": row.spanId, onclick: () => choose(index, true) },
    el("span", { class: "what" }, el("span", { class: "kind" }, words(s.kind)), el("span", { class: "name" }, s.name || s.toolName || s.spanId)),
    el(
      "span",
      { class: "marks" },
      s.outcome === "OK" || s.outcome === "UNKNOWN" ? null : outcome(s.outcome),
      attempt(row.attempt),
      s.policyRule && s.outcome !== "DENIED" && s.verdict === "DENY" ? badge("deny", "would deny", "warn") : null,
      row.place === "ORPHAN" ? badge("question", "parent not seen", "calm") : null,
      row.place === "CYCLE" ? badge("question", "parents form a ring", "calm") : null,
      row.copies > 1 ? badge("question", row.copies + " copies", "calm") : null,
    ),
    svg(
      "svg",
      { class: "track " + tone, "aria-hidden": "true" },
      known
        ? svg("rect", { x: at.toFixed(3) + "%", width: Math.min(width, 100 - Math.min(at, 99.7)).toFixed(3) + "%", y: "25%", height: "50%", rx: 2 })
        : svg("line", { x1: end.toFixed(3) + "%", x2: end.toFixed(3) + "%", y1: "15%", y2: "85%" }),
    ),
    el("span", { class: "num" }, known ? duration(row.durationUs / 1_000) : "unknown"),
  );
}

const FIRST = ["kind", "toolName", "toolVersion", "modelName", "outcome", "errorType", "policyRule", "verdict", "enforced", "humanDecision"];
const TIMES = new Set(["startMs", "endMs", "decisionRequestedMs", "decisionDecidedMs"]);

function spanDetail(row, events) {
  const s = row.span;
  const shown = Object.entries(s).filter(([name, value]) => !quiet(value) && value !== null && value !== "UNKNOWN" && name !== "traceId" && name !== "name");
  shown.sort(([a], [b]) => rank(a) - rank(b));
  const own = events.filter((e) => e.spanId === row.spanId);
  return [
    el("h2", null, s.name || s.spanId),
    el("p", { class: "badges" }, outcome(s.outcome), attempt(row.attempt), s.redactions ? badge("deny", s.redactions + " redacted", "calm") : null),
    facts(shown.map(([name, value]) => [label(name), show(name, value, s)])),
    own.length ? [el("h3", null, "Events"), own.map((e) => facts([["when", moment(e.timeMs)], ["type", words(e.type)], ["name", e.name], ["label", e.label], ["rule", e.policyRule], ["error", e.errorType]]))] : null,
  ];
}

const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

export function label(name) {
  return name.replace(/(Ms|Us|Micros)$/, "").replace(/([A-Z])/g, " $1").toLowerCase();
}

function show(name, value, record) {
  if (TIMES.has(name)) return moment(value);
  if (name.endsWith("Us")) return duration(value / 1_000);
  if (name.endsWith("Ms")) return duration(value);
  if (name.endsWith("Micros")) return money(value, record.costCurrency);
  if (typeof value === "number") return Number.isInteger(value) ? count(value) : value;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object" && value !== null) return Object.entries(value).map(([k, v]) => k + ": " + v).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return /^[A-Z_]+$/.test(value) ? words(value) : value;
}

const HEADS = { context: "Context", actions: "Actions", signals: "Signals", enforcement: "Enforcement", completeness: "Completeness" };

function record(columns) {
  return el(
    "div",
    { class: "case" },
    Object.entries(HEADS).map(([key, head]) => {
      const all = Object.entries(columns[key] ?? {}).filter(([name, v]) => v !== null && name !== "traceId" && name !== "costCurrency");
      const idle = all.filter(([, v]) => quiet(v)).map(([name]) => label(name));
      return el(
        "section",
        { class: "panel" },
        el("h3", null, head),
        facts(all.filter(([, v]) => !quiet(v)).map(([name, v]) => [label(name), show(name, v, columns.signals ?? {})])),
        idle.length ? el("p", { class: "hint" }, "none: " + idle.join(", ")) : null,
      );
    }),
  );
}

function quiet(value) {
  return value === 0 || value === false || value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

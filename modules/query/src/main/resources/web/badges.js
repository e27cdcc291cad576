// Small marks with an icon and a word: never colour alone.

import { el, icon } from "./dom.js";
import { NONE, count, words } from "./format.js";

const OUTCOMES = {
  OK: ["check", "ok", "good"],
  ERROR: ["cross", "error", "bad"],
  TOOL_ERROR: ["cross", "tool error", "bad"],
  TIMEOUT: ["clock", "timed out", "bad"],
  DENIED: ["deny", "denied", "warn"],
  REJECTED: ["person", "rejected", "warn"],
  AWAITING_HUMAN: ["person", "awaiting human", "calm"],
  CANCELLED: ["cross", "cancelled", "calm"],
  UNKNOWN: ["question", "unknown", "calm"],
};

export function badge(shape, text, tone, title) {
  return el("span", { class: "badge " + tone, title }, icon(shape), text);
}

export function outcome(name) {
  const [shape, text, tone] = OUTCOMES[name] ?? OUTCOMES.UNKNOWN;
  return badge(shape, text, tone);
}

const SEVERITIES = { CRITICAL: "bad", ERROR: "bad", WARNING: "warn", INFO: "calm" };

export function severity(name, open = true) {
  return badge("bell", words(name), open ? SEVERITIES[name] ?? "calm" : "calm");
}

const STATES = {
  FIRING: ["bell", "bad", "an alert is open"],
  NO_DATA: ["clock", "calm", "nothing was told for a quarter of an hour"],
  LEARNING: ["clock", "calm", "fewer than twenty trials"],
  INSUFFICIENT_BASELINE: ["question", "calm", "so few trials that a doubling could not be found, however long one waits"],
  OK: ["check", "good", "watched, and a doubling would be found"],
};

// Where one signal stands.
export function state(label) {
  const [shape, tone, title] = STATES[label] ?? ["question", "calm", ""];
  return badge(shape, words(label), tone, title);
}

// Where the signals of a series stand, in one badge: what they have in common, or how many are well.
export function standing(counts) {
  const all = Object.entries(counts ?? {}).filter(([, n]) => n);
  const total = all.reduce((sum, [, n]) => sum + n, 0);
  if (!total) return NONE;
  if (counts.FIRING) return state("FIRING");
  if (all.length === 1) return state(all[0][0]);
  const title = all.map(([label, n]) => count(n) + " " + words(label)).join(", ");
  return counts.OK
    ? badge("check", "ok " + count(counts.OK) + " of " + count(total), "good", title)
    : badge(...(counts.INSUFFICIENT_BASELINE ? ["question", "insufficient baseline"] : ["clock", "learning"]), "calm", title);
}

export function attempt(place) {
  if (!place || place.of < 2) return null;
  const how = place.origin === "NONE" ? "first attempt" : words(place.origin) + " retry";
  return badge("retry", "attempt " + place.number + "/" + place.of, "calm", how);
}

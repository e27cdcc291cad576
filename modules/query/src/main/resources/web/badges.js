// Small marks with an icon and a word: never colour alone.

import { el, icon } from "./dom.js";
import { words } from "./format.js";

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

export function attempt(place) {
  if (!place || place.of < 2) return null;
  const how = place.origin === "NONE" ? "first attempt" : words(place.origin) + " retry";
  return badge("retry", "attempt " + place.number + "/" + place.of, "calm", how);
}

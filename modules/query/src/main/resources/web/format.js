// Numbers and times as people read them. Unknown is a dash, never a zero.

export const NONE = "–";
const whole = new Intl.NumberFormat("en");
const DAY = 86_400_000;

export function count(n) {
  return n === null || n === undefined ? NONE : whole.format(n);
}

export function percent(share) {
  if (share === null || share === undefined) return NONE;
  const p = share * 100;
  if (p === 0) return "0 %";
  if (p < 0.1) return "<0.1 %";
  return (p >= 99.95 ? "100" : p.toFixed(1)) + " %";
}

export function duration(ms) {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 1) return ms.toFixed(2) + " ms";
  if (ms < 10) return ms.toFixed(1) + " ms";
  if (ms < 1_000) return Math.round(ms) + " ms";
  if (ms < 60_000) return (ms / 1_000).toFixed(ms < 10_000 ? 2 : 1) + " s";
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return minutes + " min " + pad(Math.floor((ms % 60_000) / 1_000)) + " s";
  return Math.floor(minutes / 60) + " h " + pad(minutes % 60) + " min";
}

export function money(micros, currency) {
  if (micros === null || micros === undefined) return NONE;
  const amount = micros / 1_000_000;
  const text = amount.toFixed(amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2);
  return currency === "USD" ? "$" + text : text + " " + (currency ?? "");
}

const pad = (n) => String(n).padStart(2, "0");

export function clock(ms, seconds = true) {
  if (ms === null || ms === undefined) return NONE;
  return new Date(ms).toISOString().slice(11, seconds ? 19 : 16);
}

export function day(ms) {
  return new Date(ms).toISOString().slice(0, 10);
}

export function moment(ms, referenceMs) {
  if (ms === null || ms === undefined) return NONE;
  const near = referenceMs !== undefined && day(ms) === day(referenceMs);
  return near ? clock(ms) : day(ms) + " " + clock(ms);
}

export function ago(ms) {
  if (ms < 0) return "ahead of the clock: replayed time";
  if (ms < 60_000) return Math.round(ms / 1_000) + " s ago";
  if (ms < 3_600_000) return Math.round(ms / 60_000) + " min ago";
  if (ms < 2 * DAY) return Math.round(ms / 3_600_000) + " h ago";
  return Math.round(ms / DAY) + " days ago";
}

export const SIGNALS = {
  retryRate: { label: "Retry rate", format: percent, share: true },
  errorRate: { label: "Error rate", format: percent, share: true },
  denialRate: { label: "Denial rate", format: percent, share: true },
  identicalRate: { label: "Identical calls", format: percent, share: true },
  p50Ms: { label: "Latency p50", format: duration },
  p95Ms: { label: "Latency p95", format: duration },
  attempts: { label: "Attempts", format: count },
};

const OF_ALERT = {
  RETRY_RATE: "retryRate",
  ERROR_RATE: "errorRate",
  DENIAL_RATE: "denialRate",
  IDENTICAL_CALL_RATE: "identicalRate",
  SILENT_RECOVERY_RATE: "silentRecoveryRate",
  ESCALATION_RATE: "escalationRate",
  ABNORMAL_END_RATE: "abnormalRate",
  SUCCESS_RATE: "successRate",
  HUMAN_OVERRIDE_RATE: "humanOverrideRate",
  LATENCY: "p95Ms",
};

export function figureOf(alertSignal) {
  return OF_ALERT[alertSignal] ?? null;
}

export function words(constant) {
  return String(constant).toLowerCase().replaceAll("_", " ");
}

export function version(series) {
  const parts = [];
  if (series.toolVersion && series.toolVersion !== "unknown") parts.push(series.toolVersion);
  if (series.modelBackend && series.modelBackend !== "unknown") parts.push(series.modelBackend);
  const agent = series.agentVersion && series.agentVersion !== "*" ? series.agentVersion : "";
  if (agent) parts.push(series.agentName ? series.agentName + " " + agent : agent);
  return parts.join(" · ") || "all versions";
}

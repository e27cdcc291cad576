package dev.tidemark.testkit.oracle;

/** What a random fleet has much of. */
public enum FleetKind {
  /** Nothing late, early, refused or wrapped. */
  CALM,
  MANY_RUNS,
  /** Runs over many windows. */
  LONG_RUNS,
  LATE,
  EXPIRED,
  /** Ends after their arrival, inside the skew. */
  AHEAD,
  /** Times that are refused. */
  ABSURD,
  DUPLICATES,
  ROOTLESS,
  ORPHANS,
  /** Model spans that repeat sums, tool spans within tool spans. */
  WRAPPED,
  RETRIES,
  DENIALS,
  HUMANS,
  /** Guardrails, handoffs, human spans, events. */
  SIDES,
  /** Several agents, versions, tenants in one run. */
  STRANGERS,
  CLOCK_STEPS,
  /** More error types and rules than a window shows. */
  MANY_NAMES,
  MODELS,
  CURRENCIES,
  /** A trace id again after the horizon. */
  RETURNING,
  /** Ends and arrivals at the very millisecond at which something closes, and beside it. */
  EDGES
}

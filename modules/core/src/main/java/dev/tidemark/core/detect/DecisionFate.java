package dev.tidemark.core.detect;

/** What became of a decision that a detector was given. */
public enum DecisionFate {
  /** It takes effect behind its time. */
  AWAITED,
  /** A tick behind its time was shown already: it takes effect at once. */
  LATE,
  /** Its series never told anything: it takes no effect. */
  UNKNOWN_SERIES
}

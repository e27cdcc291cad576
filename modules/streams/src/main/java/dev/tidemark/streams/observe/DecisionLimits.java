package dev.tidemark.streams.observe;

/**
 * How many requests and decisions a task holds; what comes beyond is not joined and counted as
 * {@code unjoined}.
 *
 * @param perTask in all (200,000)
 * @param perTenant of one tenant (100,000)
 * @param perKey of one decision, tool call or conversation (1,000)
 */
record DecisionLimits(int perTask, int perTenant, int perKey) {
  /** The defaults. */
  static final DecisionLimits DEFAULT = new DecisionLimits(200_000, 100_000, 1_000);
}

package dev.tidemark.bench.baseline;

import dev.tidemark.records.RetryOrigin;
import java.util.List;

/**
 * How an attempt stands to the attempts before it.
 *
 * @param origin how it is known to be a retry, NONE when it is not
 * @param operationStart whether it is the first attempt of its operation
 * @param identical whether the same actor had sent the same arguments to the same target before
 * @param repeat identical after a success: not a retry
 * @param recovered succeeded after a failed, denied or retried attempt of its operation
 * @param before what the run had in each of its series before this attempt
 */
record Link(
    RetryOrigin origin,
    boolean operationStart,
    boolean identical,
    boolean repeat,
    boolean recovered,
    List<Before> before) {

  /** Counts of one run in one series before an attempt. */
  record Before(int attempts, int retries, int errors, int denied, int identicals) {
    static final Before NOTHING = new Before(0, 0, 0, 0, 0);
  }

  boolean retry() {
    return origin != RetryOrigin.NONE;
  }
}

package dev.tidemark.streams.observe;

import dev.tidemark.core.time.ArrivalPolicy;
import dev.tidemark.core.time.ArrivalPolicy.Verdict;
import dev.tidemark.streams.topology.Counts;

/** Judges the two times of a record and counts the verdicts. */
final class Arrivals {
  private final ArrivalPolicy policy;
  private final Counts counts;

  Arrivals(ArrivalPolicy policy, Counts counts) {
    this.policy = policy;
    this.counts = counts;
  }

  /** ON_TIME, LATE or EXPIRED; every other verdict refuses the record. */
  Verdict judge(long endMs, long arrivalMs) throws Refused {
    Verdict verdict = policy.judge(endMs, arrivalMs);
    switch (verdict) {
      case BAD_TIME, FUTURE_TIME, PAST_TIME ->
          throw new Refused(verdict.name(), ArrivalPolicy.hint(endMs, arrivalMs));
      case EXPIRED -> counts.record("expired");
      case LATE -> counts.record("late");
      case ON_TIME -> {}
    }
    return verdict;
  }
}

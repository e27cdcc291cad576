package dev.tidemark.testkit.oracle;

import dev.tidemark.records.PartSums;

/** What one value of a dimension adds to a window, while it is added up. */
final class PartSum {
  private final PartSums sums = new PartSums(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);

  void attempt(Attempt attempt) {
    SpanFact fact = attempt.fact();
    sums.setAttempts(sums.getAttempts() + 1);
    sums.setRetries(sums.getRetries() + (attempt.retry() ? 1 : 0));
    sums.setErrors(sums.getErrors() + (fact.failed() ? 1 : 0));
    sums.setDenied(sums.getDenied() + (fact.denied() ? 1 : 0));
    sums.setIdentical(sums.getIdentical() + (attempt.identical() ? 1 : 0));
    Long lasted = fact.span().getDurationUs();
    if (lasted != null) {
      sums.setDurations(sums.getDurations() + 1);
      sums.setDurationMicros(sums.getDurationMicros() + lasted);
    }
  }

  /** A run that ended used it so often. */
  void run(long calls) {
    sums.setRuns(sums.getRuns() + 1);
    sums.setRunCalls(sums.getRunCalls() + calls);
    sums.setRunCallsSquared(sums.getRunCallsSquared() + calls * calls);
  }

  void add(PartSum other) {
    for (int i = 0; i < PartSums.SCHEMA$.getFields().size(); i++) {
      sums.put(i, (Long) sums.get(i) + (Long) other.sums.get(i));
    }
  }

  long attempts() {
    return sums.getAttempts();
  }

  PartSums toRecord() {
    return PartSums.newBuilder(sums).build();
  }
}

package dev.tidemark.query.answer;

import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.WindowRecord;

/**
 * What a window, or many merged ones, say in numbers people read. Rates are shares in [0, 1] and
 * null when there was nothing to divide by; durations are milliseconds; money is millionths of
 * {@code costCurrency}; unknown is null, never 0.
 */
record Figures(
    long attempts,
    long operations,
    long retries,
    long errors,
    long denied,
    long identical,
    Double retryRate,
    Double errorRate,
    Double denialRate,
    Double identicalRate,
    Double amplification,
    long recoveredOperations,
    Double p50Ms,
    Double p95Ms,
    Double p99Ms,
    long durationUnknown,
    Long costMicros,
    String costCurrency,
    long costUnknown,
    long modelCalls,
    long modelErrors,
    long inputTokens,
    long outputTokens,
    long runs,
    long runsSucceeded,
    long runsFailed,
    Double successRate,
    Double silentRecoveryRate,
    Double abnormalRate,
    Double escalationRate,
    long humanRequests,
    Double humanOverrideRate,
    long counted,
    long late,
    long corrected,
    long captureLost) {

  static Figures of(WindowRecord w) {
    long decided =
        w.getHumanApproved() + w.getHumanRejected() + w.getHumanOverridden() + w.getHumanTimedOut();
    boolean costKnown = w.getCost() != null || w.getCostMicros() != 0;
    return new Figures(
        w.getAttempts(),
        w.getOperations(),
        w.getRetries(),
        w.getErrors(),
        w.getDenied(),
        w.getIdentical(),
        share(w.getRetries(), w.getAttempts()),
        share(w.getErrors(), w.getAttempts()),
        share(w.getDenied(), w.getAttempts()),
        share(w.getIdentical(), w.getAttempts()),
        share(w.getAttempts(), w.getOperations()),
        w.getRecoveredOperations(),
        millis(w.getLatency(), 0.5),
        millis(w.getLatency(), 0.95),
        millis(w.getLatency(), 0.99),
        w.getDurationUnknown(),
        costKnown ? w.getCostMicros() : null,
        w.getCostCurrency(),
        w.getCostUnknown(),
        w.getModelCalls(),
        w.getModelErrors(),
        w.getInputTokens(),
        w.getOutputTokens(),
        w.getRuns(),
        w.getRunsSucceeded(),
        w.getRunsFailed(),
        share(w.getRunsSucceeded(), w.getRunsSucceeded() + w.getRunsFailed()),
        share(w.getRunsRecovered(), w.getRuns()),
        share(w.getRunsAbnormal(), w.getRuns()),
        share(w.getRunsEscalated(), w.getRuns()),
        w.getHumanRequests(),
        share(w.getHumanRejected() + w.getHumanOverridden(), decided),
        w.getCounted(),
        w.getLate(),
        w.getCorrected(),
        w.getCaptureLost());
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  private static Double millis(Sketch sketch, double q) {
    if (sketch == null || Sketches.count(sketch) == 0) {
      return null;
    }
    double micros = Sketches.quantile(sketch, q);
    return Double.isFinite(micros) ? micros / 1_000 : null;
  }
}

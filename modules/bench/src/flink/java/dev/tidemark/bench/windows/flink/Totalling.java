package dev.tidemark.bench.windows.flink;

import dev.tidemark.bench.windows.PeerTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds attempts to the totals of their window. */
final class Totalling {
  private Totalling() {}

  /** Of rows. */
  static final class OfRows implements AggregateFunction<SpanRow, PeerTotals, PeerTotals> {
    private static final long serialVersionUID = 1L;

    @Override
    public PeerTotals createAccumulator() {
      return new PeerTotals();
    }

    @Override
    public PeerTotals add(SpanRow row, PeerTotals totals) {
      row.addTo(totals);
      return totals;
    }

    @Override
    public PeerTotals getResult(PeerTotals totals) {
      return totals;
    }

    @Override
    public PeerTotals merge(PeerTotals a, PeerTotals b) {
      throw new UnsupportedOperationException("tumbling windows never merge");
    }
  }

  /** Of whole spans. */
  static final class OfSpans implements AggregateFunction<AgentSpan, PeerTotals, PeerTotals> {
    private static final long serialVersionUID = 1L;

    @Override
    public PeerTotals createAccumulator() {
      return new PeerTotals();
    }

    @Override
    public PeerTotals add(AgentSpan span, PeerTotals totals) {
      Outcome outcome = span.getOutcome();
      totals.addOne(
          outcome == Outcome.ERROR || outcome == Outcome.TOOL_ERROR || outcome == Outcome.TIMEOUT,
          span.getAttempt() != null && span.getAttempt() > 1,
          outcome == Outcome.DENIED,
          orZero(span.getCostMicros()),
          orZero(span.getInputTokens()),
          orZero(span.getOutputTokens()),
          span.getDurationUs() == null ? -1 : span.getDurationUs());
      return totals;
    }

    private static long orZero(Long value) {
      return value == null ? 0 : value;
    }

    @Override
    public PeerTotals getResult(PeerTotals totals) {
      return totals;
    }

    @Override
    public PeerTotals merge(PeerTotals a, PeerTotals b) {
      throw new UnsupportedOperationException("tumbling windows never merge");
    }
  }
}

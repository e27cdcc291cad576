package dev.tidemark.core.human;

import dev.tidemark.core.window.Series;
import java.util.Comparator;

/**
 * A request for a human decision, or a decision. Ordered by when that was, requests first, then by
 * the record that says so. Times are milliseconds since the epoch.
 *
 * @param key what joins requests and decisions
 * @param decision whether it is a decision
 * @param atMs when the human was asked or decided
 * @param timeMs event time of the record that says so; it decides the window of a decision
 * @param traceHigh high half of the record's trace id
 * @param traceLow low half of it
 * @param event whether the record is an event; else it is a span
 * @param id id of the event, or of the span as 16 hex digits
 * @param scope who asked, or for whom it was decided
 * @param tool the tool that a request is about, or null
 * @param toolVersion version of that tool, or null
 */
public record HumanFact(
    DecisionKey key,
    boolean decision,
    long atMs,
    long timeMs,
    long traceHigh,
    long traceLow,
    boolean event,
    String id,
    Series.Scope scope,
    String tool,
    String toolVersion)
    implements Comparable<HumanFact> {

  private static final Comparator<HumanFact> ORDER =
      Comparator.comparingLong(HumanFact::atMs)
          .thenComparing(HumanFact::decision)
          .thenComparingLong(HumanFact::timeMs)
          .thenComparing(HumanFact::traceHigh, Long::compareUnsigned)
          .thenComparing(HumanFact::traceLow, Long::compareUnsigned)
          .thenComparing(HumanFact::event)
          .thenComparing(HumanFact::id);

  /** Receives what records say of requests and decisions. */
  public interface Out {
    /**
     * A record says so, or with sign -1 does so no longer.
     *
     * @param causeMs arrival of the record that causes it
     */
    void human(HumanFact fact, int sign, long causeMs);
  }

  /** The same at another time. */
  public HumanFact at(long otherMs) {
    return new HumanFact(
        key, decision, otherMs, timeMs, traceHigh, traceLow, event, id, scope, tool, toolVersion);
  }

  @Override
  public int compareTo(HumanFact other) {
    return ORDER.compare(this, other);
  }
}

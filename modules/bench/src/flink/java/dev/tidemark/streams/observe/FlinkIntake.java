package dev.tidemark.streams.observe;

import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.time.ArrivalPolicy;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Observe's own reading and checking of spans for a peer. It lives in the package of observe to use
 * its very classes. Not thread-safe.
 */
public final class FlinkIntake {
  private static final Headers NONE = new RecordHeaders();
  private final SpanIntake intake;
  private final String topic;

  public FlinkIntake(AvroSerdes serdes, SeriesTable table, String topic) {
    Counts counts = new Counts(null, "flink");
    ArrivalPolicy policy = ObserveConfig.of(1, 1).arrivals();
    this.intake =
        new SpanIntake(serdes, PriceBook.EMPTY, new Arrivals(policy, counts), table, counts);
    this.topic = topic;
  }

  /** The span in {@code value}. */
  public SpanFact read(byte[] value, long arrivalMs, long offset) {
    try {
      return intake.span(topic, NONE, value, arrivalMs, arrivalMs, offset);
    } catch (Refused e) {
      throw new IllegalStateException("the workload holds no bad records", e);
    }
  }

  /** High half of the trace id of the span read last. */
  public long traceHigh() {
    return intake.traceHigh();
  }

  /** Low half of it. */
  public long traceLow() {
    return intake.traceLow();
  }
}

package dev.tidemark.capture;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;

/**
 * Takes records off an agent's hands and brings them to Kafka, redacted. Thread-safe. No method
 * throws because of Kafka, the registry or a record; whatever is lost is counted.
 *
 * <p>A record belongs to the publisher once it has been handed over: do not change it afterwards.
 * An arrival is the timestamp of the Kafka record in milliseconds since the epoch; agents pass
 * {@link #NOW}, players their simulated time.
 */
public interface SpanPublisher extends AutoCloseable {
  /** Arrival of agents: the record is stamped on the way, by the producer or the broker. */
  long NOW = -1;

  /** Hands over a span. */
  void publish(AgentSpan span, long arrivalMs);

  /** Hands over an event. */
  void publish(AgentEvent event, long arrivalMs);

  /**
   * Hands over words that somebody asked to keep. A publisher without a place for them keeps none.
   */
  default void publish(AgentContent content, long arrivalMs) {}

  /**
   * Says to every partition of both topics that nothing which arrived before {@code arrivalMs} is
   * outstanding, so that windows close although a partition is quiet. For players; a broker's clock
   * does this for live fleets.
   */
  void heartbeat(long arrivalMs);

  /** What became of the records so far. */
  CaptureCounters counters();

  /**
   * Waits until nothing is outstanding.
   *
   * @return whether that was so at some moment before {@code limit} had passed
   */
  boolean flush(Duration limit);

  /**
   * Flushes within the configured limit, counts what is left as dropped, and ends, at most a few
   * seconds after the limit. Idempotent.
   */
  @Override
  void close();
}

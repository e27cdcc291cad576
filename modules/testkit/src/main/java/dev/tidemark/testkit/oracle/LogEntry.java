package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record of the log as it was stamped.
 *
 * @param topic which of the two topics
 * @param partition its partition; spans and events of one trace share the number
 * @param offset its place in the partition
 * @param arrivalMs time of the Kafka record, milliseconds since the epoch; within a partition it
 *     does not fall
 * @param record an {@link AgentSpan} or {@link AgentEvent}; null for a heartbeat
 */
public record LogEntry(
    Topic topic, int partition, long offset, long arrivalMs, SpecificRecord record) {
  /** The two topics that are read in pairs. */
  public enum Topic {
    SPANS,
    EVENTS
  }

  public static LogEntry of(AgentSpan span, int partition, long offset, long arrivalMs) {
    return new LogEntry(Topic.SPANS, partition, offset, arrivalMs, span);
  }

  public static LogEntry of(AgentEvent event, int partition, long offset, long arrivalMs) {
    return new LogEntry(Topic.EVENTS, partition, offset, arrivalMs, event);
  }

  public static LogEntry heartbeat(Topic topic, int partition, long offset, long arrivalMs) {
    return new LogEntry(topic, partition, offset, arrivalMs, null);
  }
}

package dev.tidemark.query.view;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.util.List;

/**
 * Reads the spans and events of one run back from the topics they arrived on. Thread-safe; returns
 * within a bounded time whatever the broker does.
 */
public interface SpanReader extends AutoCloseable {
  /** Records of a run at the coordinates its summary holds, and what could not be had. */
  Records read(AgentRun run);

  @Override
  void close();

  /**
   * What was read.
   *
   * @param spans spans in the order of their offsets
   * @param events events in the order of their offsets
   * @param expected records the summary points to
   * @param expired of those, records the topic no longer holds
   * @param unread of those, records not read: unreadable, of another run, or out of time
   * @param note one sentence on what is missing and why; null when nothing is
   */
  record Records(
      List<AgentSpan> spans,
      List<AgentEvent> events,
      long expected,
      long expired,
      long unread,
      String note) {
    /** Copies the lists. */
    public Records {
      spans = List.copyOf(spans);
      events = List.copyOf(events);
    }

    /** Nothing could be read, and why. */
    public static Records none(long expected, String note) {
      return new Records(List.of(), List.of(), expected, 0, expected, note);
    }
  }
}

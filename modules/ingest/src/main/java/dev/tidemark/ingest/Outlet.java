package dev.tidemark.ingest;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.List;

/** Where received spans and events go. */
public interface Outlet extends AutoCloseable {
  /**
   * Publishes spans and events and returns once all of them are safe.
   *
   * @return how many of them can never be published, such as a record larger than the topic takes
   * @throws Unavailable when they are not safe, and the client should try again
   */
  int publish(List<AgentSpan> spans, List<AgentEvent> events) throws Unavailable;

  @Override
  void close();

  /** The records are not safe; the client keeps them and tries again. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

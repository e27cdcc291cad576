package dev.tidemark.ingest;

import dev.tidemark.records.AgentSpan;
import java.util.List;

/** Where received spans go. */
public interface SpanOutlet extends AutoCloseable {
  /**
   * Publishes the spans and returns once all of them are safe.
   *
   * @throws Unavailable when they are not, and the client should try again
   */
  void publish(List<AgentSpan> spans) throws Unavailable;

  @Override
  void close();

  /** The spans are not safe; the client keeps them and tries again. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

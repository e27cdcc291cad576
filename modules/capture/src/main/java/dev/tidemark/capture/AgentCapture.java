package dev.tidemark.capture;

import java.time.Duration;

/**
 * The native API: an agent tells what it does, run by run. Only metadata is kept: names, sizes,
 * tokens, a keyed hash of arguments, never the content. Nothing here blocks or throws once it is
 * open. Thread-safe.
 *
 * <pre>{@code
 * try (AgentCapture capture = AgentCapture.open(config);
 *     Run run = capture.startRun("booking-agent").version("1.4.0").start()) {
 *   try (ToolCall call = run.toolCall("search").arguments(json)) {
 *     call.ok(search(json));
 *   }
 *   run.succeeded();
 * }
 * }</pre>
 */
public final class AgentCapture implements AutoCloseable {
  private final CaptureConfig config;
  private final SpanPublisher publisher;

  private AgentCapture(CaptureConfig config, SpanPublisher publisher) {
    this.config = config;
    this.publisher = publisher;
  }

  /**
   * Captures to Kafka. Returns at once, whether or not Kafka can be reached.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a client setting is wrong
   */
  public static AgentCapture open(CaptureConfig config) {
    return new AgentCapture(config, KafkaSpanPublisher.open(config));
  }

  /** Captures through a publisher, which it closes; of the configuration it uses all but Kafka. */
  public static AgentCapture of(CaptureConfig config, SpanPublisher publisher) {
    return new AgentCapture(config, publisher);
  }

  /** Begins to describe a run of an agent. */
  public RunBuilder startRun(String agentName) {
    return new RunBuilder(config, publisher, agentName);
  }

  /** What became of the records so far. */
  public CaptureCounters counters() {
    return publisher.counters();
  }

  /** Waits until nothing is outstanding, as {@link SpanPublisher#flush}. */
  public boolean flush(Duration limit) {
    return publisher.flush(limit);
  }

  @Override
  public void close() {
    publisher.close();
  }
}

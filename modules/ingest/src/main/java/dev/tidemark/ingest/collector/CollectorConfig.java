package dev.tidemark.ingest.collector;

import java.util.List;

/**
 * Topics that an OpenTelemetry Collector's kafka exporter fills.
 *
 * @param spans topics of traces; may be empty
 * @param logs topics of logs; may be empty
 * @param tenant whose fleet that is
 */
public record CollectorConfig(List<String> spans, List<String> logs, String tenant) {
  /** What the exporter calls its topics when nobody renamed them. */
  public static final CollectorConfig DEFAULT =
      new CollectorConfig(List.of("otlp_spans"), List.of("otlp_logs"), "default");

  public CollectorConfig {
    spans = List.copyOf(spans);
    logs = List.copyOf(logs);
  }

  /** Whether there is nothing to read. */
  public boolean isEmpty() {
    return spans.isEmpty() && logs.isEmpty();
  }
}

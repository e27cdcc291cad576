package dev.tidemark.fleet;

import dev.tidemark.capture.CaptureCounters;
import dev.tidemark.capture.SpanPublisher;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what is published, in order. */
final class RecordedPublisher implements SpanPublisher {
  /** Something published; span and event are null for a heartbeat. */
  record Sent(long arrivalMs, AgentSpan span, AgentEvent event) {
    boolean isHeartbeat() {
      return span == null && event == null;
    }
  }

  final List<Sent> sent = new ArrayList<>();

  @Override
  public void publish(AgentSpan span, long arrivalMs) {
    sent.add(new Sent(arrivalMs, span, null));
  }

  @Override
  public void publish(AgentEvent event, long arrivalMs) {
    sent.add(new Sent(arrivalMs, null, event));
  }

  @Override
  public void heartbeat(long arrivalMs) {
    sent.add(new Sent(arrivalMs, null, null));
  }

  @Override
  public CaptureCounters counters() {
    return new CaptureCounters(
        sent.size(), sent.size(), Map.of(), 0, 0, 0, 0, RedactionReport.NONE);
  }

  @Override
  public boolean flush(Duration limit) {
    return true;
  }

  @Override
  public void close() {}

  List<Sent> records() {
    return sent.stream().filter(s -> !s.isHeartbeat()).toList();
  }

  List<Sent> heartbeats() {
    return sent.stream().filter(Sent::isHeartbeat).toList();
  }
}

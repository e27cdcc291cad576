package dev.tidemark.capture;

import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what the native API hands over. */
final class Inbox implements SpanPublisher {
  final List<AgentSpan> spans = new ArrayList<>();
  final List<AgentEvent> events = new ArrayList<>();
  final List<AgentContent> contents = new ArrayList<>();

  @Override
  public void publish(AgentSpan span, long arrivalMs) {
    spans.add(span);
  }

  @Override
  public void publish(AgentEvent event, long arrivalMs) {
    events.add(event);
  }

  @Override
  public void publish(AgentContent content, long arrivalMs) {
    contents.add(content);
  }

  @Override
  public void heartbeat(long arrivalMs) {}

  @Override
  public CaptureCounters counters() {
    int all = spans.size() + events.size();
    return new CaptureCounters(all, all, Map.of(), 0, 0, 0, 0, RedactionReport.NONE);
  }

  @Override
  public boolean flush(Duration limit) {
    return true;
  }

  @Override
  public void close() {}
}

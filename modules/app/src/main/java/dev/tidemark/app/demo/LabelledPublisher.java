package dev.tidemark.app.demo;

import dev.tidemark.capture.CaptureCounters;
import dev.tidemark.capture.SpanPublisher;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels records with the environment of their pair, told by the version of the agent. */
final class LabelledPublisher implements SpanPublisher {
  private final SpanPublisher publisher;
  private final Map<String, String> environments = new HashMap<>();

  LabelledPublisher(SpanPublisher publisher, List<Pairing> pairings) {
    this.publisher = publisher;
    for (Pairing pairing : pairings) {
      environments.put(pairing.before(), pairing.environment());
      environments.put(pairing.after(), pairing.environment());
    }
  }

  @Override
  public void publish(AgentSpan span, long arrivalMs) {
    span.setEnvironment(environments.getOrDefault(span.getAgentVersion(), span.getEnvironment()));
    publisher.publish(span, arrivalMs);
  }

  @Override
  public void publish(AgentEvent event, long arrivalMs) {
    event.setEnvironment(
        environments.getOrDefault(event.getAgentVersion(), event.getEnvironment()));
    publisher.publish(event, arrivalMs);
  }

  @Override
  public void heartbeat(long arrivalMs) {
    publisher.heartbeat(arrivalMs);
  }

  @Override
  public CaptureCounters counters() {
    return publisher.counters();
  }

  @Override
  public boolean flush(Duration limit) {
    return publisher.flush(limit);
  }

  @Override
  public void close() {
    publisher.close();
  }
}

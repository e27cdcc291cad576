package dev.tidemark.query;

import dev.tidemark.query.view.SpanReader;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.util.List;

/** Gives every run the same spans. */
public record FixedSpans(List<AgentSpan> spans, List<AgentEvent> events, String note)
    implements SpanReader {
  @Override
  public Records read(AgentRun run) {
    long got = (long) spans.size() + events.size();
    return new Records(spans, events, got, 0, 0, note);
  }

  @Override
  public void close() {}
}

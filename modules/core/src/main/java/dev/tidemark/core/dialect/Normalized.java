package dev.tidemark.core.dialect;

import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.List;

/**
 * What one span or log record means.
 *
 * @param spans its records, clean; one for a span, none for a log record
 * @param events what happened in it, clean
 * @param contents what was said in it, clean; nothing unless somebody asked
 * @param redacted how much was redacted in them, by rule
 */
public record Normalized(
    List<AgentSpan> spans,
    List<AgentEvent> events,
    List<AgentContent> contents,
    RedactionReport redacted) {
  /** It means nothing to us. */
  public static final Normalized NOTHING =
      new Normalized(List.of(), List.of(), List.of(), RedactionReport.NONE);
}

package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.Cleaned;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what OTLP carries into records of what agents did, redacted. A span that speaks no known
 * dialect becomes a STEP: it keeps the tree and costs nothing. Stateless and thread-safe: what one
 * span means never depends on another one.
 */
public final class Normalizer {
  private static final Normalizer STANDARD = new Normalizer(NormalizerSettings.standard());
  private final NormalizerSettings settings;

  private Normalizer(NormalizerSettings settings) {
    this.settings = settings;
  }

  /** One for a deployment. */
  public static Normalizer of(NormalizerSettings settings) {
    return new Normalizer(settings);
  }

  /** The one without settings of a deployment. */
  public static Normalizer standard() {
    return STANDARD;
  }

  /** What a span means. */
  public Normalized normalize(OtlpSpan span) {
    AgentSpan record = Translation.of(span, settings);
    List<AgentEvent> events = Happenings.of(span, record);
    Cleaned<AgentSpan> clean = settings.redactor().span(record);
    return cleaned(List.of(clean.record()), events, clean.report());
  }

  /** What a log record means; most of them nothing. */
  public Normalized normalize(OtlpLog log) {
    return cleaned(List.of(), Happenings.of(log, settings), RedactionReport.NONE);
  }

  private Normalized cleaned(
      List<AgentSpan> spans, List<AgentEvent> events, RedactionReport redacted) {
    if (events.isEmpty()) {
      return spans.isEmpty() ? Normalized.NOTHING : new Normalized(spans, events, redacted);
    }
    List<AgentEvent> clean = new ArrayList<>(events.size());
    RedactionReport report = redacted;
    for (AgentEvent event : events) {
      Cleaned<AgentEvent> one = settings.redactor().event(event);
      clean.add(one.record());
      report = report.plus(one.report());
    }
    return new Normalized(spans, clean, report);
  }
}

package dev.tidemark.core.dialect;

import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.Cleaned;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.records.AgentContent;
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

  /** The same for the spans of a tenant. */
  public Normalizer forTenant(String tenant) {
    return tenant.equals(settings.tenant()) ? this : new Normalizer(settings.withTenant(tenant));
  }

  /** What a span means. */
  public Normalized normalize(OtlpSpan span) {
    AgentSpan record = Translation.of(span, settings);
    List<AgentEvent> events = Happenings.of(span, record);
    List<AgentContent> contents =
        settings.content().isOff() ? List.of() : Quotes.of(span, record, settings);
    Cleaned<AgentSpan> clean = settings.redactor().span(record);
    return cleaned(List.of(clean.record()), events, contents, clean.report());
  }

  /** Whether a log record tells anything that is kept; ordinary lines of logs do not. */
  public boolean reads(OtlpLog log) {
    return Happenings.tells(log) || (!settings.content().isOff() && Quotes.tells(log));
  }

  /** What a log record means; most of them nothing. */
  public Normalized normalize(OtlpLog log) {
    List<AgentContent> contents = settings.content().isOff() ? List.of() : Quotes.of(log, settings);
    return cleaned(List.of(), Happenings.of(log, settings), contents, RedactionReport.NONE);
  }

  private Normalized cleaned(
      List<AgentSpan> spans,
      List<AgentEvent> events,
      List<AgentContent> contents,
      RedactionReport redacted) {
    if (events.isEmpty() && contents.isEmpty()) {
      return spans.isEmpty()
          ? Normalized.NOTHING
          : new Normalized(spans, events, contents, redacted);
    }
    RedactionReport report = redacted;
    List<AgentEvent> clean = new ArrayList<>(events.size());
    for (AgentEvent event : events) {
      Cleaned<AgentEvent> one = settings.redactor().event(event);
      clean.add(one.record());
      report = report.plus(one.report());
    }
    List<AgentContent> words = new ArrayList<>(contents.size());
    for (AgentContent content : contents) {
      Cleaned<AgentContent> one =
          settings.redactor().content(content, settings.content().limitBytes());
      words.add(one.record());
      report = report.plus(one.report());
    }
    return new Normalized(spans, clean, words, report);
  }
}

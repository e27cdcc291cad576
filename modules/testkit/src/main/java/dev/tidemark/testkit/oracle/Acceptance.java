package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.Optional;

/** Which records count, judged by their two times alone, and how they are cleaned. */
final class Acceptance {
  private static final long YEAR_2010 = 1_262_304_000_000L;
  private static final long YEAR_US = 366L * 24 * 3_600 * 1_000_000;
  private static final long LARGEST = Long.MAX_VALUE / 1_000_000;

  private final OracleConfig config;

  Acceptance(OracleConfig config) {
    this.config = config;
  }

  /** Whether the time is absurd, so that the record goes to quarantine. */
  boolean quarantined(long endMs, long arrivalMs) {
    boolean future = endMs > arrivalMs && endMs - arrivalMs > config.skewMs();
    return endMs < YEAR_2010 || future;
  }

  private boolean counts(long endMs, long arrivalMs) {
    return !quarantined(endMs, arrivalMs) && arrivalMs - endMs <= config.horizonMs();
  }

  private boolean late(long endMs, long arrivalMs) {
    return arrivalMs - endMs > config.latenessMs();
  }

  /** The fact in an entry; empty when it is a heartbeat, refused or expired. */
  Optional<Fact> accept(LogEntry entry) {
    long arrivalMs = entry.arrivalMs();
    if (entry.record() instanceof AgentSpan span && counts(span.getEndMs(), arrivalMs)) {
      long endMs = Math.min(span.getEndMs(), arrivalMs);
      boolean late = late(endMs, arrivalMs);
      return Optional.of(new SpanFact(cleaned(span, endMs), span, endMs, arrivalMs, late));
    }
    if (entry.record() instanceof AgentEvent event && counts(event.getTimeMs(), arrivalMs)) {
      long endMs = Math.min(event.getTimeMs(), arrivalMs);
      return Optional.of(new EventFact(event, event, endMs, arrivalMs, late(endMs, arrivalMs)));
    }
    return Optional.empty();
  }

  private static AgentSpan cleaned(AgentSpan sent, long endMs) {
    AgentSpan span = AgentSpan.newBuilder(sent).build();
    String parent = span.getParentSpanId();
    if (parent != null && (parent.equals(span.getSpanId()) || parent.matches("0*"))) {
      span.setParentSpanId(null);
    }
    if (span.getStartMs() != null && span.getStartMs() > endMs) {
      span.setStartMs(null);
    }
    span.setDurationUs(within(span.getDurationUs(), YEAR_US));
    span.setInputTokens(within(span.getInputTokens(), LARGEST));
    span.setOutputTokens(within(span.getOutputTokens(), LARGEST));
    span.setCacheReadTokens(within(span.getCacheReadTokens(), LARGEST));
    span.setCacheWriteTokens(within(span.getCacheWriteTokens(), LARGEST));
    span.setReasoningTokens(within(span.getReasoningTokens(), LARGEST));
    span.setCostMicros(within(span.getCostMicros(), LARGEST));
    return span;
  }

  private static Long within(Long value, long largest) {
    return value == null || value < 0 || value > largest ? null : value;
  }
}

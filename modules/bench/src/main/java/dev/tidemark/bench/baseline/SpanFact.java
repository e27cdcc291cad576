package dev.tidemark.bench.baseline;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.List;

/**
 * A span as its run keeps it. Ordered by end, then span id: every span that can change how this one
 * is classified ends no later, so a window is final once its end is behind the watermark.
 *
 * @param span the record, its end clamped to the arrival
 * @param arrivalMs arrival time, milliseconds since the epoch
 * @param offset where it stands in its partition
 * @param hash content hash; of two spans with one id the smaller wins
 * @param late whether it was late
 */
public record SpanFact(AgentSpan span, long arrivalMs, long offset, long hash, boolean late)
    implements Comparable<SpanFact> {

  String id() {
    return span.getSpanId();
  }

  long endMs() {
    return span.getEndMs();
  }

  Actor actor() {
    return span.getActor();
  }

  boolean isTool() {
    return span.getToolName() != null
        && (span.getKind() == SpanKind.TOOL || span.getKind() == SpanKind.RETRIEVAL);
  }

  boolean isModel() {
    return span.getKind() == SpanKind.LLM;
  }

  /** Tool or model the attempt is about. */
  String target() {
    if (isTool()) {
      return span.getToolName();
    }
    return span.getModelName() == null ? Series.UNKNOWN : span.getModelName();
  }

  boolean failed() {
    Outcome outcome = span.getOutcome();
    return outcome == Outcome.ERROR || outcome == Outcome.TOOL_ERROR || outcome == Outcome.TIMEOUT;
  }

  boolean denied() {
    return span.getOutcome() == Outcome.DENIED;
  }

  boolean troubled() {
    return failed() || denied();
  }

  boolean ok() {
    return span.getOutcome() == Outcome.OK;
  }

  Series.Scope scope() {
    return scope(
        span.getTenant(), span.getEnvironment(), span.getAgentName(), span.getAgentVersion());
  }

  /** The series that count this attempt: its subject first, then its parents. */
  List<Series> series() {
    Series.Scope scope = scope();
    Series subject =
        isTool()
            ? scope.tool(target(), span.getToolVersion())
            : scope.model(target(), span.getModelBackend());
    return List.of(subject, scope.agent(), scope.fleet());
  }

  static Series.Scope scope(String tenant, String environment, String agent, String version) {
    return new Series.Scope(tenant, environment, agent, version == null ? Series.UNKNOWN : version);
  }

  @Override
  public int compareTo(SpanFact other) {
    int byEnd = Long.compare(endMs(), other.endMs());
    return byEnd != 0 ? byEnd : id().compareTo(other.id());
  }
}

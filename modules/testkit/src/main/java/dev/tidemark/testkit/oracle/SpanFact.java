package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.List;

/** An accepted span. */
record SpanFact(AgentSpan span, AgentSpan sent, long endMs, long arrivalMs, boolean late)
    implements Fact {
  private static final List<Outcome> FAILURES =
      List.of(Outcome.ERROR, Outcome.TOOL_ERROR, Outcome.TIMEOUT);

  @Override
  public String traceId() {
    return span.getTraceId();
  }

  @Override
  public String id() {
    return span.getSpanId();
  }

  String parent() {
    return span.getParentSpanId();
  }

  boolean isIn(String id) {
    return id != null && id.equals(parent());
  }

  boolean tool() {
    return span.getToolName() != null
        && List.of(SpanKind.TOOL, SpanKind.RETRIEVAL).contains(span.getKind());
  }

  boolean model() {
    return span.getKind() == SpanKind.LLM;
  }

  /** What is called: a tool or a model. */
  String target() {
    return tool() ? span.getToolName() : SeriesKeys.told(span.getModelName());
  }

  boolean failed() {
    return FAILURES.contains(span.getOutcome());
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
}

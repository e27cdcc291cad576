package dev.tidemark.core.run;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.window.Names;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import java.nio.charset.StandardCharsets;

/** Makes facts of whole records, for readers that have them at hand. */
public final class SpanFacts {
  private SpanFacts() {}

  /** A span with the hash of its content, as it arrived. */
  public static SpanFact of(
      AgentSpan span, long arrivalMs, long offset, long hash, boolean late, SeriesTable table) {
    SpanDraft d = new SpanDraft();
    d.id = id(span.getSpanId());
    String parent = span.getParentSpanId();
    d.parentId = parent == null ? 0 : id(parent);
    d.startMs = span.getStartMs() == null ? SpanFact.NONE : span.getStartMs();
    d.endMs = span.getEndMs();
    d.arrivalMs = arrivalMs;
    d.offset = offset;
    d.hash = hash;
    d.late = late;
    d.durationUs = orNegative(span.getDurationUs());
    d.callId = hash(span.getToolCallId());
    d.argumentsHash = hash(span.getArgumentsHash());
    d.attempt = span.getAttempt() == null ? 0 : span.getAttempt();
    d.retryOf = span.getRetryOfSpanId() != null;
    d.kind = span.getKind();
    d.outcome = span.getOutcome();
    d.actor = span.getActor();
    String version = span.getAgentVersion() == null ? Series.UNKNOWN : span.getAgentVersion();
    d.scope =
        table.scope(
            new Series.Scope(
                span.getTenant(), span.getEnvironment(), span.getAgentName(), version));
    Series.Scope scope = d.scope.scope();
    if (span.getKind() == SpanKind.LLM) {
      String model = span.getModelName() == null ? Series.UNKNOWN : span.getModelName();
      d.target = hash(model);
      d.subject = d.scope.node(scope.model(model, span.getModelBackend()));
      d.usage =
          new Usage(
              orNegative(span.getInputTokens()),
              orNegative(span.getOutputTokens()),
              orNegative(span.getCacheReadTokens()),
              orNegative(span.getCacheWriteTokens()),
              orNegative(span.getReasoningTokens()),
              orNegative(span.getCostMicros()),
              span.getCostCurrency() == null ? "USD" : span.getCostCurrency());
    } else if (span.getToolName() != null
        && (span.getKind() == SpanKind.TOOL || span.getKind() == SpanKind.RETRIEVAL)) {
      d.target = hash(span.getToolName());
      d.subject = d.scope.node(scope.tool(span.getToolName(), span.getToolVersion()));
    }
    d.errorType = span.getErrorType();
    d.enforcement = enforcement(span, d);
    d.runId = span.getRunId();
    d.conversationId = span.getConversationId();
    d.promptVersion = span.getPromptVersion();
    return new SpanFact(d);
  }

  private static Enforcement enforcement(AgentSpan span, SpanDraft d) {
    String rule = span.getPolicyRule();
    return new Enforcement(
        rule == null ? null : d.scope.node(d.scope.scope().policy(rule)),
        rule,
        version(d.scope.scope(), rule, span.getPolicyId(), span.getPolicyVersion()),
        span.getVerdict(),
        span.getHumanDecision(),
        orNegative(span.getDecisionRequestedMs()),
        orNegative(span.getDecisionDecidedMs()),
        hash(span.getDecisionId()));
  }

  /** What stands for the version of the policy of a rule; null when either is not told. */
  public static Series version(Series.Scope scope, String rule, String policy, String version) {
    return rule == null || version == null || version.isEmpty()
        ? null
        : scope.policyVersion(
            rule, policy == null ? null : Names.normalized(policy), Names.normalized(version));
  }

  /** A span id as a number; what is not hex is told apart by its hash. */
  static long id(String text) {
    try {
      return Long.parseUnsignedLong(text, 16);
    } catch (NumberFormatException e) {
      return hash(text);
    }
  }

  private static long orNegative(Long value) {
    return value == null ? -1 : value;
  }

  static long hash(String text) {
    if (text == null) {
      return 0;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Hash64.of(bytes, 0, bytes.length);
  }
}

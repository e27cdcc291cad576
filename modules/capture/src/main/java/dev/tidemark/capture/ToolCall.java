package dev.tidemark.capture;

import dev.tidemark.records.Actor;
import dev.tidemark.records.ContentRole;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.nio.charset.StandardCharsets;

/** One attempt to call a tool. */
public final class ToolCall extends Call<ToolCall> {

  ToolCall(Run run, String tool) {
    super(run, SpanKind.TOOL, tool);
    with(span -> span.setToolName(tool));
  }

  /** Version of the tool. */
  public ToolCall version(String version) {
    return with(span -> span.setToolVersion(version));
  }

  /** Id of the call as the model named it; attempts that share it are one operation. */
  public ToolCall callId(String callId) {
    return with(span -> span.setToolCallId(callId));
  }

  /**
   * The arguments as JSON. Only their size and a keyed hash of their canonical form are kept; a
   * text that is no JSON is hashed as it is. Where content of the tool is kept, so are they,
   * redacted, in a topic of their own.
   */
  public ToolCall arguments(String json) {
    return with(
        span -> {
          if (json != null) {
            span.setArgumentsBytes((long) json.getBytes(StandardCharsets.UTF_8).length);
            span.setArgumentsHash(run().config().hash().json(json));
            keep(ContentRole.ARGUMENTS, span.getToolName(), json);
          }
        });
  }

  /** Which attempt this is, from 1. */
  public ToolCall attempt(int attempt) {
    return with(span -> span.setAttempt(attempt));
  }

  /** The call that this one tries again. */
  public ToolCall retryOf(ToolCall earlier) {
    return with(span -> span.setRetryOfSpanId(earlier == null ? null : earlier.spanId()));
  }

  /** The span that this one tries again, perhaps of another process. */
  public ToolCall retryOfSpan(String spanId) {
    return with(span -> span.setRetryOfSpanId(spanId));
  }

  /** Who called: the agent unless told otherwise. */
  public ToolCall actor(Actor actor) {
    return with(span -> span.setActor(actor == null ? Actor.UNKNOWN : actor));
  }

  /** The policy that judges the call. */
  public ToolCall policy(String policyId, String version) {
    return with(
        span -> {
          span.setPolicyId(policyId);
          span.setPolicyVersion(version);
        });
  }

  /** Size of the result in bytes. */
  public ToolCall resultBytes(long bytes) {
    return with(span -> span.setResultBytes(bytes));
  }

  /** The result; its size is kept, and itself only where content of the tool is kept. */
  public ToolCall result(String result) {
    return with(
        span -> {
          if (result != null) {
            span.setResultBytes((long) result.getBytes(StandardCharsets.UTF_8).length);
            keep(ContentRole.RESULT, span.getToolName(), result);
          }
        });
  }

  /** It worked, with this result. */
  public void ok(String result) {
    result(result).ok();
  }

  @Override
  public void failed(String type) {
    end(Outcome.TOOL_ERROR, type);
  }

  /** A rule of a policy refused it. */
  public void denied(String rule) {
    with(
        span -> {
          span.setPolicyRule(rule);
          span.setVerdict(Verdict.DENY);
          span.setEnforced(Verdict.DENY);
        });
    end(Outcome.DENIED, null);
  }

  /** It waits for a human; the decision comes as an event ({@link Run#decision}). */
  public void awaitingHuman() {
    end(Outcome.AWAITING_HUMAN, null);
  }

  /** It waits for the decision with this id. */
  public void awaitingHuman(String decisionId) {
    with(span -> span.setDecisionId(decisionId));
    awaitingHuman();
  }

  /** A human refused it. */
  public void rejected() {
    end(Outcome.REJECTED, null);
  }

  private void keep(ContentRole role, String tool, String text) {
    if (run().config().content().keepsTool(run().config().tenant(), tool)) {
      say(role, text);
    }
  }

  @Override
  ToolCall self() {
    return this;
  }
}

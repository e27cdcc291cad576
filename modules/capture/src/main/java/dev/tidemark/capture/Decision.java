package dev.tidemark.capture;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;

/**
 * A human's decision: first asked for, later made, possibly from another run or process; its id
 * joins the two. For one thread.
 */
public final class Decision {
  private static final String PSEUDONYM = "p-";
  private final Run run;
  private final String decisionId;
  private String tool;
  private String callId;
  private String spanId;
  private String policyId;
  private String policyVersion;
  private String rule;
  private String actor;

  Decision(Run run, String decisionId) {
    this.run = run;
    this.decisionId = decisionId;
  }

  /** The tool call it is about. */
  public Decision about(ToolCall call, String toolName, String toolCallId) {
    spanId = call == null ? null : call.spanId();
    tool = toolName;
    callId = toolCallId;
    return this;
  }

  /** The policy and rule that ask for it. */
  public Decision policy(String id, String version, String ruleName) {
    policyId = id;
    policyVersion = version;
    rule = ruleName;
    return this;
  }

  /** Who decides; only a pseudonym, made with the hash key, is kept. */
  public Decision by(String person) {
    actor = person == null ? null : PSEUDONYM + run.config().hash().text(person).substring(0, 16);
    return this;
  }

  /** A human is asked now. */
  public void requested() {
    run.publish(event(EventType.APPROVAL_REQUESTED));
  }

  /** The human has decided now. */
  public void decided(HumanDecision decision) {
    AgentEvent event = event(EventType.APPROVAL_DECIDED);
    event.setHumanDecision(decision == null ? HumanDecision.UNKNOWN : decision);
    run.publish(event);
  }

  private AgentEvent event(EventType type) {
    AgentEvent event = run.newEvent(type);
    event.setDecisionId(decisionId);
    event.setSpanId(spanId);
    event.setToolName(tool);
    event.setToolCallId(callId);
    event.setPolicyId(policyId);
    event.setPolicyVersion(policyVersion);
    event.setPolicyRule(rule);
    event.setDecisionActor(actor);
    return event;
  }
}

package dev.tidemark.capture;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.FailMode;
import dev.tidemark.records.Verdict;

/**
 * What a rule of a policy or guardrail said, and what was done about it. A verdict is no failure:
 * the call it is about ends on its own, denied or not. For one thread.
 */
public final class Guardrail {
  private final Run run;
  private final String rule;
  private ToolCall call;
  private String tool;
  private String policyId;
  private String policyVersion;
  private FailMode failMode;

  Guardrail(Run run, String rule) {
    this.run = run;
    this.rule = rule;
  }

  /** The policy that the rule belongs to. */
  public Guardrail policy(String id, String version) {
    policyId = id;
    policyVersion = version;
    return this;
  }

  /** The call it is about; without one it is about the run. */
  public Guardrail about(ToolCall judged, String toolName) {
    call = judged;
    tool = toolName;
    return this;
  }

  /** It let pass. */
  public void allowed() {
    said(Verdict.ALLOW, Verdict.ALLOW);
  }

  /** It refused, and that was done. */
  public void denied() {
    said(Verdict.DENY, Verdict.DENY);
  }

  /** It warned, and the agent went on. */
  public void warned() {
    said(Verdict.WARN, Verdict.WARN);
  }

  /** It asked for a human. */
  public void escalated() {
    said(Verdict.ESCALATE, Verdict.ESCALATE);
  }

  /** It refused in shadow mode: the agent went on. */
  public void deniedInShadow() {
    said(Verdict.DENY, Verdict.ALLOW);
  }

  /** It could not decide; {@code mode} says what is done then. */
  public void undecided(FailMode mode) {
    failMode = mode;
    said(Verdict.UNKNOWN, mode == FailMode.CLOSED ? Verdict.DENY : Verdict.ALLOW);
  }

  private void said(Verdict verdict, Verdict enforced) {
    AgentEvent event = run.newEvent(EventType.GUARDRAIL_DECISION);
    event.setName(rule == null ? "" : rule);
    event.setPolicyRule(rule);
    event.setPolicyId(policyId);
    event.setPolicyVersion(policyVersion);
    event.setSpanId(call == null ? null : call.spanId());
    event.setToolName(tool);
    event.setVerdict(verdict);
    event.setEnforced(enforced);
    event.setFailMode(failMode);
    run.publish(event);
  }
}

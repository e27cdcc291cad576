package dev.tidemark.testkit;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import java.util.function.Consumer;

/**
 * Events for tests: valid, at {@link Spans#T0}, from version v1 of an agent called agent.
 *
 * <pre>Events.taskSuccess("run", "e1", true).timeMs(T0 + 900).build()</pre>
 */
public final class Events {
  private final AgentEvent.Builder event = AgentEvent.newBuilder();

  private Events(EventType type, String trace, String id) {
    event
        .setTraceId(Ids.trace(trace))
        .setEventId(id)
        .setType(type)
        .setDialect("test")
        .setAgentName("agent")
        .setAgentVersion("v1")
        .setTimeMs(Spans.T0);
  }

  /** An event of any type. */
  public static Events of(EventType type, String trace, String id) {
    return new Events(type, trace, id);
  }

  /** The evaluation that decides whether a run succeeded. */
  public static Events taskSuccess(String trace, String id, boolean passed) {
    return evaluation(trace, id, "task_success").with(e -> e.setPassed(passed));
  }

  /** An evaluation; add a score, a label or a verdict. */
  public static Events evaluation(String trace, String id, String name) {
    return of(EventType.EVALUATION, trace, id).with(e -> e.setName(name));
  }

  /** A human was asked; the decision id joins the answer. */
  public static Events approvalRequested(String trace, String id, String decisionId) {
    return of(EventType.APPROVAL_REQUESTED, trace, id).with(e -> e.setDecisionId(decisionId));
  }

  /** A human decided. */
  public static Events approvalDecided(
      String trace, String id, String decisionId, HumanDecision decision) {
    return of(EventType.APPROVAL_DECIDED, trace, id)
        .with(e -> e.setDecisionId(decisionId).setHumanDecision(decision));
  }

  public Events span(String id) {
    return with(e -> e.setSpanId(Ids.span(id)));
  }

  public Events agent(String name, String version) {
    return with(e -> e.setAgentName(name).setAgentVersion(version));
  }

  public Events tenant(String tenant, String environment) {
    return with(e -> e.setTenant(tenant).setEnvironment(environment));
  }

  public Events tool(String name) {
    return with(e -> e.setToolName(name));
  }

  public Events score(double score) {
    return with(e -> e.setScore(score));
  }

  /** When it happened, milliseconds since the epoch. */
  public Events timeMs(long timeMs) {
    return with(e -> e.setTimeMs(timeMs));
  }

  /** Any other field. */
  public Events with(Consumer<AgentEvent.Builder> setting) {
    setting.accept(event);
    return this;
  }

  /** The record; the builder may be used on. */
  public AgentEvent build() {
    return event.build();
  }
}

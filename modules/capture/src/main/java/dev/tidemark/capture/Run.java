package dev.tidemark.capture;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ContentRole;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of an agent. Closing it sends its root span; a run that was told no end has the outcome
 * UNKNOWN, and the evaluation {@code task_success} decides whether it succeeded. Thread-safe: calls
 * may run side by side.
 */
public final class Run implements AutoCloseable {
  private final CaptureConfig config;
  private final SpanPublisher publisher;
  private final AgentSpan root;
  private final String traceState;
  private final Instant start;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Outcome outcome = Outcome.UNKNOWN;
  private String errorType;

  Run(CaptureConfig config, SpanPublisher publisher, AgentSpan root, String traceState) {
    this.config = config;
    this.publisher = publisher;
    this.root = root;
    this.traceState = traceState;
    this.start = config.clock().instant();
  }

  /** Trace of the run, 32 hex digits. */
  public String traceId() {
    return root.getTraceId();
  }

  /** Id of the root span, 16 hex digits. */
  public String spanId() {
    return root.getSpanId();
  }

  /** Starts a call of a tool. */
  public ToolCall toolCall(String tool) {
    return new ToolCall(this, tool);
  }

  /** Starts a call of a model. */
  public ModelCall modelCall(String model) {
    return new ModelCall(this, model);
  }

  /** Describes a human's decision, asked for or made. */
  public Decision decision(String decisionId) {
    return new Decision(this, decisionId);
  }

  /** Describes what a guardrail or policy said, about a call or about the run. */
  public Guardrail guardrail(String rule) {
    return new Guardrail(this, rule);
  }

  /** What is started now as a child of this run, in this thread or behind another one's door. */
  public TraceContext context() {
    return context(root);
  }

  TraceContext context(AgentSpan span) {
    return new TraceContext(span.getTraceId(), span.getSpanId(), true, traceState);
  }

  /** Something happened, such as a fallback or a checkpoint. */
  public void event(EventType type, String name) {
    AgentEvent event = newEvent(type);
    event.setName(name == null ? "" : name);
    publish(event);
  }

  /** The run goes over to another agent or a human. */
  public void handoff(String to) {
    AgentEvent event = newEvent(EventType.HANDOFF);
    event.setName(to == null ? "" : to);
    event.setHandoffFrom(root.getAgentName());
    event.setHandoffTo(to);
    publish(event);
  }

  /**
   * An evaluation of the run; the one named {@code task_success} decides whether it succeeded.
   *
   * @param score null when it has none
   * @param passed null when it has no verdict
   */
  public void evaluation(String name, Double score, Boolean passed) {
    AgentEvent event = newEvent(EventType.EVALUATION);
    event.setName(name == null ? "" : name);
    event.setScore(score);
    event.setPassed(passed);
    publish(event);
  }

  /** The run did what it should. */
  public void succeeded() {
    end(Outcome.OK, null);
  }

  /** The run failed; {@code type} is a class of errors, never a message. */
  public void failed(String type) {
    end(Outcome.ERROR, type);
  }

  /** The run failed; only the class of the exception is kept. */
  public void failed(Throwable error) {
    failed(Call.typeOf(error));
  }

  /** The run took too long or too many steps; {@code type} says which. */
  public void timedOut(String type) {
    end(Outcome.TIMEOUT, type);
  }

  /** Somebody stopped the run. */
  public void cancelled() {
    end(Outcome.CANCELLED, null);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      synchronized (this) {
        root.setOutcome(outcome);
        root.setErrorType(errorType);
      }
      Call.stamp(root, start, config.clock().instant());
      publisher.publish(root, SpanPublisher.NOW);
    }
  }

  private synchronized void end(Outcome how, String type) {
    outcome = how;
    errorType = type;
  }

  CaptureConfig config() {
    return config;
  }

  AgentSpan newSpan(SpanKind kind, String name) {
    return AgentSpan.newBuilder()
        .setTraceId(root.getTraceId())
        .setSpanId(RandomIds.part())
        .setParentSpanId(root.getSpanId())
        .setRunId(root.getRunId())
        .setConversationId(root.getConversationId())
        .setTenant(root.getTenant())
        .setEnvironment(root.getEnvironment())
        .setAgentName(root.getAgentName())
        .setAgentVersion(root.getAgentVersion())
        .setPromptVersion(root.getPromptVersion())
        .setDialect(root.getDialect())
        .setKind(kind)
        .setName(name == null ? "" : name)
        .setEndMs(0)
        .build();
  }

  AgentEvent newEvent(EventType type) {
    return AgentEvent.newBuilder()
        .setTraceId(root.getTraceId())
        .setEventId(RandomIds.part())
        .setRunId(root.getRunId())
        .setConversationId(root.getConversationId())
        .setTenant(root.getTenant())
        .setEnvironment(root.getEnvironment())
        .setAgentName(root.getAgentName())
        .setAgentVersion(root.getAgentVersion())
        .setDialect(root.getDialect())
        .setType(type == null ? EventType.UNKNOWN : type)
        .setTimeMs(config.clock().millis())
        .build();
  }

  AgentContent newContent(ContentRole role, String spanId) {
    return AgentContent.newBuilder()
        .setTraceId(root.getTraceId())
        .setSpanId(spanId)
        .setRunId(root.getRunId())
        .setConversationId(root.getConversationId())
        .setTenant(root.getTenant())
        .setEnvironment(root.getEnvironment())
        .setAgentName(root.getAgentName())
        .setRole(role)
        .setText("")
        .setTimeMs(0)
        .build();
  }

  void publish(AgentContent content) {
    publisher.publish(content, SpanPublisher.NOW);
  }

  void publish(AgentSpan span) {
    publisher.publish(span, SpanPublisher.NOW);
  }

  void publish(AgentEvent event) {
    publisher.publish(event, SpanPublisher.NOW);
  }
}

package dev.tidemark.capture;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;

/** Describes a run before it starts. Null stays "unknown". For one thread. */
public final class RunBuilder {
  private final CaptureConfig config;
  private final SpanPublisher publisher;
  private final AgentSpan root;
  private String traceState = "";

  RunBuilder(CaptureConfig config, SpanPublisher publisher, String agentName) {
    this.config = config;
    this.publisher = publisher;
    this.root =
        AgentSpan.newBuilder()
            .setTraceId(RandomIds.trace())
            .setSpanId(RandomIds.part())
            .setTenant(config.tenant())
            .setEnvironment(config.environment())
            .setAgentName(agentName == null ? "" : agentName)
            .setName(agentName == null ? "" : agentName)
            .setDialect("tidemark-java")
            .setKind(SpanKind.RUN)
            .setEndMs(0)
            .build();
  }

  /** Version of the agent. */
  public RunBuilder version(String version) {
    root.setAgentVersion(version);
    return this;
  }

  /** Conversation or thread that goes on across runs. */
  public RunBuilder conversation(String conversationId) {
    root.setConversationId(conversationId);
    return this;
  }

  /** The agent's own id of the run. */
  public RunBuilder runId(String runId) {
    root.setRunId(runId);
    return this;
  }

  /** Version of the prompt. */
  public RunBuilder promptVersion(String version) {
    root.setPromptVersion(version);
    return this;
  }

  /** Makes the run a part of a trace that exists, such as that of the agent that called. */
  public RunBuilder within(String traceId, String parentSpanId) {
    if (traceId != null) {
      root.setTraceId(traceId);
      root.setParentSpanId(parentSpanId);
    }
    return this;
  }

  /** The same for a context that came with a message or from another thread. */
  public RunBuilder within(TraceContext context) {
    if (context == null) {
      return this;
    }
    traceState = context.traceState();
    return within(context.traceId(), context.spanId());
  }

  /** Starts the run now. */
  public Run start() {
    return new Run(config, publisher, root, traceState);
  }
}

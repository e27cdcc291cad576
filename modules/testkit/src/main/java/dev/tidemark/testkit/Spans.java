package dev.tidemark.testkit;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.function.Consumer;

/**
 * Spans for tests: valid and successful unless told otherwise, 100 ms long, ending at {@link #T0},
 * made by version v1 of an agent called agent. Trace and span ids are names ({@link Ids}).
 *
 * <pre>Spans.tool("run", "first", "search").endMs(T0 + 50).outcome(Outcome.TOOL_ERROR).build()
 * </pre>
 */
public final class Spans {
  /** A moment at which a window of 15 s, and of any divisor of an hour, begins. */
  public static final long T0 = 1_760_000_400_000L;

  private static final long MICROS = 1000;
  private final AgentSpan.Builder span = AgentSpan.newBuilder();
  private Long lastsMs = 100L;

  private Spans(String trace, String id, SpanKind kind) {
    span.setTraceId(Ids.trace(trace))
        .setSpanId(Ids.span(id))
        .setKind(kind)
        .setName(kind.name())
        .setDialect("test")
        .setActor(Actor.AGENT)
        .setAgentName("agent")
        .setAgentVersion("v1")
        .setEndMs(T0)
        .setOutcome(Outcome.OK);
  }

  /** The root of a run. */
  public static Spans run(String trace, String id) {
    return new Spans(trace, id, SpanKind.RUN);
  }

  /** One attempt to call a tool. */
  public static Spans tool(String trace, String id, String tool) {
    return new Spans(trace, id, SpanKind.TOOL).with(s -> s.setToolName(tool).setName(tool));
  }

  /** One model call. */
  public static Spans model(String trace, String id, String model) {
    return new Spans(trace, id, SpanKind.LLM).with(s -> s.setModelName(model).setName(model));
  }

  /** A span of any kind. */
  public static Spans of(SpanKind kind, String trace, String id) {
    return new Spans(trace, id, kind);
  }

  public Spans parent(String id) {
    return with(s -> s.setParentSpanId(Ids.span(id)));
  }

  public Spans agent(String name, String version) {
    return with(s -> s.setAgentName(name).setAgentVersion(version));
  }

  public Spans tenant(String tenant, String environment) {
    return with(s -> s.setTenant(tenant).setEnvironment(environment));
  }

  public Spans toolVersion(String version) {
    return with(s -> s.setToolVersion(version));
  }

  public Spans actor(Actor actor) {
    return with(s -> s.setActor(actor));
  }

  /** Hash of the arguments; any text will do. */
  public Spans arguments(String hash) {
    return with(s -> s.setArgumentsHash(hash));
  }

  public Spans callId(String id) {
    return with(s -> s.setToolCallId(id));
  }

  /** Attempt number that the agent declares, from 1. */
  public Spans attempt(int number) {
    return with(s -> s.setAttempt(number));
  }

  /** The span that the agent says it tries again. */
  public Spans retryOf(String id) {
    return with(s -> s.setRetryOfSpanId(Ids.span(id)));
  }

  /** End, milliseconds since the epoch; the start moves along. */
  public Spans endMs(long endMs) {
    return with(s -> s.setEndMs(endMs));
  }

  /** Duration in milliseconds; null for an unknown start. */
  public Spans lasting(Long ms) {
    lastsMs = ms;
    return this;
  }

  public Spans outcome(Outcome outcome) {
    return with(s -> s.setOutcome(outcome));
  }

  /** Failed with a class of error. */
  public Spans failed(String errorType) {
    return with(s -> s.setOutcome(Outcome.TOOL_ERROR).setErrorType(errorType));
  }

  /** Denied by a rule of a policy. */
  public Spans denied(String rule) {
    return with(s -> s.setOutcome(Outcome.DENIED).setPolicyRule(rule));
  }

  public Spans tokens(long input, long output) {
    return with(s -> s.setInputTokens(input).setOutputTokens(output));
  }

  /** Cost in millionths of a US dollar. */
  public Spans costMicros(long micros) {
    return with(s -> s.setCostMicros(micros).setCostCurrency("USD"));
  }

  /** Any other field. */
  public Spans with(Consumer<AgentSpan.Builder> setting) {
    setting.accept(span);
    return this;
  }

  /** The record; the builder may be used on. */
  public AgentSpan build() {
    if (lastsMs != null) {
      span.setStartMs(span.getEndMs() - lastsMs).setDurationUs(lastsMs * MICROS);
    }
    return span.build();
  }
}

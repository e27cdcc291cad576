package dev.tidemark.core.dialect;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.KeyedHash;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Fills a record from a span: the same steps for every dialect, over its own keys. */
final class Translation {
  /**
   * The first that speaks reads the span; the conventions come last, everybody speaks them half.
   */
  private static final List<Tongue> TONGUES =
      Stream.of(
              new OpenInference(),
              new VercelAi(),
              new PydanticAi(),
              new LangSmith(),
              new Traceloop(),
              new Langfuse(),
              new GenAi())
          .map(Tongue::new)
          .toList();

  private static final Keys UNSPOKEN = GenAi.KEYS.then(Vendors.KEYS);
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private Translation() {}

  /** A dialect with its keys and those anybody may add. */
  private record Tongue(Dialect dialect, Keys keys) {
    Tongue(Dialect dialect) {
      this(dialect, dialect.keys().then(Vendors.KEYS));
    }
  }

  static AgentSpan of(OtlpSpan span, NormalizerSettings settings) {
    Tongue tongue = spoken(span);
    Dialect dialect = tongue == null ? null : tongue.dialect();
    Reading from = new Reading(span, tongue == null ? UNSPOKEN : tongue.keys());
    AgentSpan to = blank(span, settings);
    to.setDialect(dialect == null ? "otel" : dialect.name());
    to.setKind(dialect == null ? SpanKind.STEP : dialect.kind(from));
    who(from, to);
    what(from, settings.arguments(), to);
    Endings.tell(from, to);
    if (dialect != null) {
      dialect.refine(from, to);
    }
    Vendors.refine(from, to);
    if (to.getKind() == SpanKind.LLM) {
      Costs.tell(from, settings.prices(), to);
    }
    return to;
  }

  /** The span under the keys of the dialect it speaks. */
  static Reading reading(OtlpSpan span) {
    Tongue tongue = spoken(span);
    return new Reading(span, tongue == null ? UNSPOKEN : tongue.keys());
  }

  private static Tongue spoken(OtlpSpan span) {
    for (Tongue tongue : TONGUES) {
      if (tongue.dialect().speaks(span)) {
        return tongue;
      }
    }
    return null;
  }

  private static AgentSpan blank(OtlpSpan span, NormalizerSettings settings) {
    AgentSpan to = new AgentSpan();
    to.setTraceId(span.traceId());
    to.setSpanId(span.spanId());
    // Whoever calls a span its own parent had none to tell.
    to.setParentSpanId(span.spanId().equals(span.parentSpanId()) ? null : span.parentSpanId());
    to.setName(span.name());
    to.setSchemaUrl(span.schemaUrl());
    to.setTenant(settings.tenant());
    to.setEnvironment("default");
    to.setAgentName("unknown");
    to.setActor(Actor.AGENT);
    to.setCostSource(CostSource.UNKNOWN);
    to.setOutcome(Outcome.OK);
    to.setEndMs(span.endNanos() / 1_000_000);
    long nanos = span.endNanos() - span.startNanos();
    if (span.startNanos() > 0 && nanos > 0 && nanos != MINUTE_NANOS) {
      // Exactly nothing and exactly a minute are what exporters write that did not measure.
      to.setStartMs(span.startNanos() / 1_000_000);
      to.setDurationUs(nanos / 1_000);
    }
    return to;
  }

  private static void who(Reading from, AgentSpan to) {
    OtlpSpan span = from.span();
    String environment = span.resourceText("deployment.environment.name");
    environment = environment == null ? span.resourceText("deployment.environment") : environment;
    to.setEnvironment(environment == null ? to.getEnvironment() : environment);
    String agent = from.text(Field.AGENT_NAME);
    agent = agent == null ? span.resourceText("service.name") : agent;
    to.setAgentName(agent == null ? to.getAgentName() : agent);
    String version = from.text(Field.AGENT_VERSION);
    to.setAgentVersion(version == null ? span.resourceText("service.version") : version);
    to.setRunId(from.text(Field.RUN_ID));
    to.setConversationId(from.text(Field.CONVERSATION));
    to.setPromptVersion(from.text(Field.PROMPT_VERSION));
  }

  private static void what(Reading from, KeyedHash arguments, AgentSpan to) {
    to.setPolicyId(from.text(Field.POLICY));
    switch (to.getKind()) {
      case LLM -> model(from, to);
      case TOOL, RETRIEVAL -> tool(from, arguments, to);
      case HANDOFF -> {
        to.setHandoffFrom(from.text(Field.HANDOFF_FROM));
        to.setHandoffTo(from.text(Field.HANDOFF_TO));
      }
      case RUN, GUARDRAIL, HUMAN, STEP -> {}
    }
  }

  private static void model(Reading from, AgentSpan to) {
    to.setModelProvider(from.text(Field.PROVIDER));
    to.setModelName(from.text(Field.MODEL));
    to.setModelBackend(from.text(Field.MODEL_BACKEND));
    to.setOutputTokens(from.number(Field.OUTPUT_TOKENS));
    to.setReasoningTokens(from.number(Field.REASONING_TOKENS));
    Long read = from.number(Field.CACHE_READ_TOKENS);
    Long write = from.number(Field.CACHE_WRITE_TOKENS);
    Long input = from.number(Field.INPUT_TOKENS);
    long cached = (read == null ? 0 : read) + (write == null ? 0 : write);
    // More cached than all: this provider does not count cached tokens as input.
    to.setInputTokens(input != null && cached > input ? Long.valueOf(input + cached) : input);
    to.setCacheReadTokens(read);
    to.setCacheWriteTokens(write);
  }

  private static void tool(Reading from, KeyedHash hash, AgentSpan to) {
    String name = from.text(Field.TOOL_NAME);
    to.setToolName(name == null ? from.span().name() : name);
    to.setToolCallId(from.text(Field.TOOL_CALL_ID));
    Long attempt = from.number(Field.ATTEMPT);
    to.setAttempt(attempt == null || attempt != attempt.intValue() ? null : attempt.intValue());
    String version = from.text(Field.TOOL_VERSION);
    to.setToolVersion(version == null ? definition(from) : version);
    String arguments = from.content(Field.ARGUMENTS);
    if (arguments != null) {
      to.setArgumentsBytes(Contents.bytes(arguments));
      to.setArgumentsHash(hash == null ? null : hash.json(arguments));
    }
    String result = from.content(Field.RESULT);
    to.setResultBytes(result == null ? null : Long.valueOf(Contents.bytes(result)));
  }

  /** A version for tools that declare none: it changes when what the model is told of it does. */
  private static String definition(Reading from) {
    String text = from.content(Field.TOOL_DEFINITION);
    if (text == null) {
      return null;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return String.format("def-%08x", (int) Hash64.of(bytes, 0, bytes.length));
  }
}

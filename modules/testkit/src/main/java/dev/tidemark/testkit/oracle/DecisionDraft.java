package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** Draws single requests and decisions, as events and as spans, in every way to say so. */
final class DecisionDraft {
  private static final SpanKind[] KINDS = {
    SpanKind.TOOL, SpanKind.TOOL, SpanKind.RETRIEVAL, SpanKind.HUMAN, SpanKind.LLM
  };

  private final Random random;
  private final OracleConfig config;
  private String traceId;
  private String tenant = "tenant0";
  private String id = "id0";
  private int kindOfId;
  private int count;

  DecisionDraft(Random random, OracleConfig config) {
    this.random = random;
    this.config = config;
  }

  /** What the next records are about; the same may come again. */
  void about() {
    tenant = "tenant" + random.nextInt(2);
    id = "id" + random.nextInt(3);
    kindOfId = random.nextInt(3);
    trace(true);
  }

  /** The next record stands in another trace, or may stand in the same as the one before. */
  void trace(boolean other) {
    if (other || random.nextInt(4) > 0) {
      traceId = String.format("%016x%016x", random.nextLong(), random.nextLong() | 1);
    }
  }

  /** A request at {@code atMs}. */
  SpecificRecord request(long atMs) {
    if (random.nextInt(5) < 2) {
      return event(EventType.APPROVAL_REQUESTED, atMs);
    }
    AgentSpan span = span(atMs);
    boolean awaits = random.nextInt(3) > 0;
    span.setOutcome(awaits ? Outcome.AWAITING_HUMAN : Outcome.OK);
    if (!awaits || random.nextInt(4) == 0) {
      span.setDecisionRequestedMs(told(atMs));
    }
    if (random.nextInt(4) == 0) {
      span.setHumanDecision(HumanDecision.APPROVED);
    }
    return span;
  }

  /** A decision at {@code atMs}. */
  SpecificRecord decision(long atMs) {
    if (random.nextBoolean()) {
      AgentEvent event = event(EventType.APPROVAL_DECIDED, atMs);
      event.setHumanDecision(random.nextInt(6) == 0 ? null : HumanDecision.REJECTED);
      return event;
    }
    AgentSpan span = span(atMs);
    boolean timed = random.nextInt(3) == 0;
    span.setHumanDecision(timed && random.nextBoolean() ? null : HumanDecision.EDITED);
    span.setDecisionDecidedMs(timed ? Long.valueOf(told(atMs)) : null);
    span.setDecisionRequestedMs(
        timed && random.nextInt(3) == 0 ? Long.valueOf(atMs - random.nextInt(9_000)) : null);
    return span;
  }

  private long told(long endMs) {
    return switch (random.nextInt(10)) {
      case 0 -> endMs - 2 * config.humanHorizonMs();
      case 1 -> endMs + 2 * config.skewMs();
      case 2 -> endMs + 1;
      case 3 -> endMs - random.nextInt((int) config.horizonMs());
      default -> endMs - random.nextInt(20_000);
    };
  }

  private AgentEvent event(EventType type, long atMs) {
    AgentEvent event =
        AgentEvent.newBuilder()
            .setTraceId(traceId)
            .setEventId("e" + ++count)
            .setType(type)
            .setTimeMs(atMs)
            .setTenant(tenant)
            .setAgentName("agent" + random.nextInt(2))
            .setAgentVersion(random.nextBoolean() ? "v1" : null)
            .build();
    if (random.nextBoolean()) {
      event.setToolName("tool" + random.nextInt(2));
      event.setToolVersion(random.nextBoolean() ? "t1" : null);
    }
    event.setDecisionId(kindOfId == 0 ? id : empty());
    event.setToolCallId(kindOfId == 1 ? id : kindOfId == 0 && random.nextBoolean() ? "any" : null);
    event.setConversationId(kindOfId == 2 || random.nextInt(3) == 0 ? id : null);
    return event;
  }

  private AgentSpan span(long endMs) {
    SpanKind kind = KINDS[random.nextInt(KINDS.length)];
    AgentSpan span =
        AgentSpan.newBuilder()
            .setTraceId(traceId)
            .setSpanId(String.format("%016x", ++count * 7919L % 65_521 + 1))
            .setKind(kind)
            .setEndMs(endMs)
            .setOutcome(Outcome.OK)
            .setTenant(tenant)
            .setAgentName("agent" + random.nextInt(2))
            .setAgentVersion(random.nextBoolean() ? "v1" : null)
            .build();
    span.setToolName(kind == SpanKind.LLM ? null : "tool" + random.nextInt(2));
    span.setToolVersion(random.nextBoolean() ? "t1" : null);
    span.setDecisionId(kindOfId == 0 ? id : empty());
    span.setToolCallId(kindOfId == 1 ? id : kindOfId == 0 && random.nextBoolean() ? "any" : null);
    span.setConversationId(kindOfId == 2 || random.nextInt(3) == 0 ? id : null);
    return span;
  }

  private String empty() {
    return random.nextInt(4) == 0 ? "" : null;
  }
}

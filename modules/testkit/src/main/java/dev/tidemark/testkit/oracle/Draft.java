package dev.tidemark.testkit.oracle;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws the fields of single spans of one run. */
final class Draft {
  private static final SpanKind[] SIDES = {
    SpanKind.GUARDRAIL, SpanKind.HANDOFF, SpanKind.HUMAN, SpanKind.STEP, SpanKind.TOOL
  };

  private final FleetShape shape;
  private final Random random;
  private final String traceId;
  private final String ids;
  private final List<String> known = new ArrayList<>();
  private final int home;
  private int count;

  /**
   * @param ids first digits of all ids of the run
   */
  Draft(FleetShape shape, Random random, String traceId, String ids) {
    this.shape = shape;
    this.random = random;
    this.traceId = traceId;
    this.ids = ids;
    this.home = random.nextInt(3);
  }

  Random random() {
    return random;
  }

  FleetShape shape() {
    return shape;
  }

  String traceId() {
    return traceId;
  }

  String nextId() {
    return ids + String.format("%08x", ++count * 7919L % 65_521);
  }

  String rootId() {
    return ids + "ffffffff";
  }

  AgentSpan span(SpanKind kind, long endMs, Outcome outcome) {
    AgentSpan.Builder identity = AgentSpan.newBuilder().setTraceId(traceId).setSpanId(nextId());
    AgentSpan span = identity.setEndMs(endMs).build();
    span.setKind(kind);
    span.setOutcome(outcome);
    span.setParentSpanId(parent());
    span.setActor(random.nextInt(6) == 0 ? Actor.USER : Actor.AGENT);
    span.setAgentName("agent" + stranger());
    span.setAgentVersion(random.nextInt(100) < shape.strangers ? null : "v" + stranger());
    span.setTenant("tenant" + stranger() / 2);
    known.add(span.getSpanId());
    return span;
  }

  AgentSpan tool(long endMs, Outcome outcome) {
    AgentSpan span = span(SpanKind.TOOL, endMs, outcome);
    span.setKind(random.nextInt(8) == 0 ? SpanKind.RETRIEVAL : SpanKind.TOOL);
    span.setToolName("tool" + random.nextInt(3));
    span.setToolVersion(maybe(2, "t" + random.nextInt(2)));
    span.setArgumentsHash(maybe(4, "a" + random.nextInt(3)));
    boolean awaits = outcome == Outcome.AWAITING_HUMAN;
    span.setToolCallId(awaits || random.nextInt(5) == 0 ? "c" + random.nextInt(4) : null);
    timed(span);
    told(span);
    if (random.nextInt(100) < shape.awaiting) {
      span.setDecisionRequestedMs(endMs - random.nextInt(9_000));
      span.setDecisionDecidedMs(endMs - random.nextInt(5_000));
    }
    return span;
  }

  /** The same call tried again, in one of the ways in which that can be known, or in none. */
  AgentSpan again(AgentSpan call, long endMs, Outcome outcome) {
    AgentSpan span = tool(endMs, outcome);
    span.setToolName(random.nextInt(10) == 0 ? span.getToolName() : call.getToolName());
    span.setActor(call.getActor());
    span.setArgumentsHash(random.nextBoolean() ? call.getArgumentsHash() : "a9");
    switch (random.nextInt(6)) {
      case 0 -> span.setAttempt(random.nextInt(4) - 1);
      case 1 -> span.setRetryOfSpanId(known.get(random.nextInt(known.size())));
      case 2 -> span.setToolCallId(call.getToolCallId());
      default -> span.setStartMs(call.getEndMs() + random.nextInt(3) - 1);
    }
    return span;
  }

  AgentSpan model(long endMs, Outcome outcome) {
    AgentSpan span = span(SpanKind.LLM, endMs, outcome);
    span.setModelName(maybe(8, "model" + random.nextInt(2)));
    span.setModelBackend(maybe(2, "b" + random.nextInt(2)));
    span.setArgumentsHash(maybe(2, "p" + random.nextInt(3)));
    span.setInputTokens(amount(4_000));
    span.setOutputTokens(amount(900));
    span.setCacheReadTokens(amount(300));
    span.setCacheWriteTokens(amount(300));
    span.setReasoningTokens(amount(300));
    span.setCostMicros(amount(60_000));
    span.setCostCurrency(
        random.nextInt(4) == 0
            ? null
            : List.of("USD", "EUR", "CHF").get(random.nextInt(shape.currencies)));
    timed(span);
    told(span);
    return span;
  }

  /** A span around another one that says the same; it ends later. */
  AgentSpan around(AgentSpan inner, long endMs) {
    AgentSpan outer = AgentSpan.newBuilder(inner).build();
    outer.setSpanId(nextId());
    outer.setEndMs(endMs);
    inner.setParentSpanId(outer.getSpanId());
    if (inner.getToolName() != null && random.nextInt(4) == 0) {
      outer.setToolName("wrapper");
    } else if (inner.getToolName() != null && Math.floorMod(traceId.hashCode(), 3) == 0) {
      inner.setParentSpanId(ids + "0ddba115"); // Something stands between them that nobody sent.
      inner.setToolCallId("w" + known.size());
      outer.setToolCallId(inner.getToolCallId());
    }
    return outer;
  }

  /** A span that is no attempt. */
  AgentSpan sideSpan(long endMs) {
    AgentSpan span = span(SIDES[random.nextInt(SIDES.length)], endMs, Outcome.OK);
    span.setPolicyRule(maybe(4, rule()));
    span.setVerdict(random.nextInt(5) == 0 ? null : any(Verdict.values()));
    span.setHumanDecision(random.nextInt(5) == 0 ? null : any(HumanDecision.values()));
    return span;
  }

  String rule() {
    return "rule" + random.nextInt(shape.rules);
  }

  <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Null once in {@code times}. */
  String maybe(int times, String value) {
    return random.nextInt(times) == 0 ? null : value;
  }

  int stranger() {
    return random.nextInt(100) < shape.strangers ? random.nextInt(3) : home;
  }

  /** Tells how long a run took, in one of the ways in which it can be told, or in none. */
  void lasting(AgentSpan root) {
    int way = Math.floorMod(traceId.hashCode(), 4);
    long lastedMs = 1_000L * Math.floorMod(traceId.hashCode(), 97);
    root.setDurationUs(way == 0 ? Long.valueOf(lastedMs * 1_000 + 7) : way == 3 ? -1L : null);
    root.setStartMs(way == 1 ? null : Long.valueOf(root.getEndMs() - lastedMs));
  }

  private void told(AgentSpan span) {
    boolean well = span.getOutcome() == Outcome.OK;
    span.setErrorType(well ? null : maybe(5, "error" + random.nextInt(shape.errorTypes)));
    boolean judged = span.getOutcome() == Outcome.DENIED || random.nextInt(12) == 0;
    span.setPolicyRule(judged ? maybe(5, rule()) : null);
  }

  private void timed(AgentSpan span) {
    long lastsMs = random.nextInt(4_000);
    span.setStartMs(random.nextInt(4) == 0 ? null : Long.valueOf(span.getEndMs() - lastsMs));
    span.setDurationUs(random.nextInt(5) == 0 ? null : Long.valueOf(lastsMs * 1000 - 1));
    if (random.nextInt(20) == 0) {
      span.setDurationUs(0L);
      span.setStartMs(span.getEndMs() + 5);
    }
  }

  private Long amount(int most) {
    int draw = random.nextInt(20);
    if (draw < 3) {
      return null;
    }
    return draw == 3 ? -1L : draw == 4 ? 0L : Long.valueOf(random.nextInt(most));
  }

  private String parent() {
    int draw = random.nextInt(100);
    if (draw < shape.orphans) {
      return ids + "0ddba115";
    }
    if (draw < shape.orphans + 3) {
      return "0".repeat(16);
    }
    return draw > 97 && !known.isEmpty() ? known.get(known.size() - 1) : rootId();
  }
}

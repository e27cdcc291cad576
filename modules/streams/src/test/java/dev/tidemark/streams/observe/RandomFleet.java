package dev.tidemark.streams.observe;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random runs on a minute-long stretch, from a seed. */
final class RandomFleet {
  static final long START = 1_790_000_010_000L;
  private static final Outcome[] OUTCOMES = {
    Outcome.OK, Outcome.OK, Outcome.TOOL_ERROR, Outcome.DENIED
  };

  private RandomFleet() {}

  /** Spans and events of {@code runs} runs, in no order. */
  static List<Object> of(Random random, int runs) {
    return of(random, runs, 30_000);
  }

  /** The same, begun within {@code spreadMs}. */
  static List<Object> of(Random random, int runs, long spreadMs) {
    List<Object> records = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      run(random, run, spreadMs, records);
    }
    return records;
  }

  static long endMs(Object record) {
    return record instanceof AgentSpan span ? span.getEndMs() : ((AgentEvent) record).getTimeMs();
  }

  static AgentSpan tool(String trace, int id, String tool, long endMs, Outcome outcome) {
    AgentSpan span = span(trace, id, SpanKind.TOOL, endMs, outcome);
    span.setToolName(tool);
    return span;
  }

  static AgentSpan span(String trace, int id, SpanKind kind, long endMs, Outcome outcome) {
    return AgentSpan.newBuilder()
        .setTraceId(trace)
        .setSpanId(String.format("%016x", id + 1))
        .setKind(kind)
        .setEndMs(endMs)
        .setOutcome(outcome)
        .setAgentName("support")
        .setAgentVersion("1")
        .build();
  }

  static String trace(int run) {
    return String.format("%032x", run + 1);
  }

  private static void run(Random random, int run, long spreadMs, List<Object> records) {
    String trace = trace(run);
    long at = START + random.nextInt((int) spreadMs);
    int steps = 2 + random.nextInt(12);
    for (int id = 0; id < steps; id++) {
      at += random.nextInt(3_000);
      AgentSpan span = tool(trace, id, "tool" + random.nextInt(3), at, OUTCOMES[random.nextInt(4)]);
      span.setArgumentsHash("a" + random.nextInt(3));
      span.setDurationUs(random.nextBoolean() ? null : (long) random.nextInt(3_000_000));
      span.setActor(random.nextInt(5) == 0 ? Actor.USER : Actor.AGENT);
      records.add(span);
    }
    records.add(
        AgentEvent.newBuilder()
            .setTraceId(trace)
            .setEventId("verdict")
            .setType(EventType.EVALUATION)
            .setName("task_success")
            .setPassed(random.nextBoolean())
            .setTimeMs(at)
            .setAgentName("support")
            .setAgentVersion("1")
            .build());
    records.add(span(trace, 99, SpanKind.RUN, at + 1, Outcome.OK));
  }
}

package dev.tidemark.bench;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.AvroSerdes;
import java.util.Map;

/** The run both sides of the comparison work on: ten tool calls, every third of them failed. */
final class BenchSpans {
  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final String TOPIC = "agent-spans";
  static final int SPANS = 10;
  static final int LOOP_LIMIT = 5;

  private BenchSpans() {}

  static AvroSerdes serdes() {
    return AvroSerdes.of(Map.of("schema.registry.url", "mock://bench"));
  }

  static AgentSpan[] run() {
    AgentSpan[] run = new AgentSpan[SPANS];
    for (int i = 0; i < SPANS; i++) {
      run[i] =
          AgentSpan.newBuilder()
              .setTraceId(TRACE)
              .setSpanId(String.format("%016x", i + 1))
              .setKind(SpanKind.TOOL)
              .setName("execute_tool search")
              .setToolName("search")
              .setToolVersion("1.2.0")
              .setArgumentsHash("9f86d081884c7d6" + i % 4)
              .setTenant("default")
              .setEnvironment("production")
              .setAgentName("support")
              .setAgentVersion("2026.11.1")
              .setSchemaUrl("https://opentelemetry.io/schemas/1.37.0")
              .setConversationId("c-0af76519")
              .setEndMs(1_700_000_000_000L + i * 100L)
              .setDurationUs(1_000L + i * 997L)
              .setOutcome(i % 3 == 0 ? Outcome.TOOL_ERROR : Outcome.OK)
              .build();
    }
    return run;
  }

  static byte[] encoded(AvroSerdes serdes) {
    return serdes.value(AgentSpan.class).serializer().serialize(TOPIC, run()[3]);
  }

  /** The next of a sequence of values that look random, up to 28 bits. */
  static long next(long value) {
    return value * 6364136223846793005L + 1442695040888963407L;
  }
}

package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.app.host.Laptop;
import dev.tidemark.app.host.Receiving;
import dev.tidemark.app.host.TopicReader;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.TidemarkSpanExporter;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.ingest.receive.ReceiverConfig;
import dev.tidemark.records.AgentRun;
import dev.tidemark.wire.Topic;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that nobody here wrote, driven by scripts, send to what {@code tidemark dev} runs:
 * broker, registry, receiver, every role. What comes out as runs must be what the scripts did.
 */
class RealClientsIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int RUNS = 4 + 3 + 5 + 1 + 2 + 2;
  @TempDir private static Path directory;
  private static Laptop laptop;
  private static Receiving receiving;
  private static Map<String, AgentRun> runs;

  @BeforeAll
  static void play() throws Exception {
    String missing = "there is no Node 20 with npm to run the clients with";
    if (!NodeClients.canRun() && "true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    assumeTrue(NodeClients.canRun(), missing);
    NodeClients clients = NodeClients.install();
    laptop = Laptop.start(directory.resolve("dev"), 0, 0, 0, RuleSet.DEFAULT);
    receiving =
        Receiving.start(
            laptop.cluster(),
            ReceiverConfig.loopback(0, 0),
            Normalizer.standard(),
            laptop.meters());
    for (String script : List.of("vercel", "langchain", "openai-agents", "traceloop")) {
      clients.run(script + ".mjs", receiving.http());
    }
    String traces = receiving.http().resolve("/v1/traces").toString();
    JavaClient.act(OtlpHttpSpanExporter.builder().setEndpoint(traces).build(), "java-otlp");
    var direct = CaptureConfig.of(new HashMap<>(laptop.cluster().clientConfig()));
    JavaClient.act(TidemarkSpanExporter.open(direct), "java-direct");
    runs = awaitRuns();
  }

  @AfterAll
  static void stop() {
    if (receiving != null) {
      receiving.close();
    }
    if (laptop != null) {
      laptop.close();
    }
  }

  private static Map<String, AgentRun> awaitRuns() throws InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    Map<String, AgentRun> latest = new TreeMap<>();
    while (latest.size() < RUNS && System.nanoTime() < until) {
      Thread.sleep(1_000);
      try (var reader = TopicReader.open(laptop.cluster(), laptop.cluster().topics().runs())) {
        reader.readToEnd(record -> latest.put(record.value().getTraceId(), record.value()));
      }
    }
    return latest;
  }

  /** Runs of a service's agents in the order of their ends, each in one line. */
  private static List<String> lines(String... agents) {
    return runs.values().stream()
        .filter(run -> List.of(agents).contains(run.getAgentName()))
        .sorted((a, b) -> Long.compare(a.getEndMs(), b.getEndMs()))
        .map(RealClientsIT::line)
        .toList();
  }

  private static String line(AgentRun run) {
    return String.format(
        "%s %s %s %s%s | calls %d attempts %d errors %d retries %d denied %d rejected %d"
            + " | models %d in %d out %d cached %d",
        run.getAgentName(),
        run.getAgentVersion(),
        run.getConversationId(),
        run.getOutcome(),
        run.getSilentRecovery() ? " silently" : "",
        run.getOperations(),
        run.getToolCalls(),
        run.getToolErrors(),
        run.getRetries(),
        run.getPolicyDenied(),
        run.getToolRejected(),
        run.getModelCalls(),
        run.getInputTokens(),
        run.getOutputTokens(),
        run.getCacheReadTokens());
  }

  /**
   * A tool failed and was called again; then two decisions of a human, each in its own trace; then
   * a stream.
   */
  @Test
  void shouldRecordWhatTheVercelAiSdkDid() {
    assertThat(lines("travel-agent"))
        .containsExactly(
            "travel-agent 1.4.2 conv-42 OK silently"
                + " | calls 1 attempts 2 errors 1 retries 1 denied 0 rejected 0"
                + " | models 3 in 306 out 30 cached 60",
            "travel-agent 1.4.2 conv-42 OK"
                + " | calls 0 attempts 0 errors 0 retries 0 denied 0 rejected 0"
                + " | models 1 in 104 out 10 cached 20",
            "travel-agent 1.4.2 conv-42 OK"
                + " | calls 1 attempts 1 errors 0 retries 0 denied 0 rejected 0"
                + " | models 1 in 105 out 10 cached 20",
            "travel-agent 1.4.2 conv-42 OK"
                + " | calls 0 attempts 0 errors 0 retries 0 denied 0 rejected 0"
                + " | models 1 in 106 out 10 cached 20");
  }

  /** Middleware retried behind the model's back; a payment was interrupted, resumed, and again. */
  @Test
  void shouldRecordWhatLangChainDid() {
    assertThat(lines("weather-agent", "payer"))
        .containsExactly(
            "weather-agent 2.0.0 thread-77 OK silently"
                + " | calls 2 attempts 3 errors 1 retries 1 denied 0 rejected 0"
                + " | models 3 in 306 out 36 cached 192",
            "payer 2.0.0 thread-78 OK"
                + " | calls 1 attempts 1 errors 0 retries 0 denied 0 rejected 0"
                + " | models 1 in 104 out 12 cached 64",
            "payer 2.0.0 thread-78 OK"
                + " | calls 2 attempts 2 errors 0 retries 0 denied 0 rejected 0"
                + " | models 1 in 105 out 12 cached 64");
  }

  /**
   * The model called a failed tool again; a human rejected twice and approved twice; streams over
   * HTTP; a guardrail tripped.
   */
  @Test
  void shouldRecordWhatOpenAiAgentsDid() {
    assertThat(lines("oa-svc", "triage"))
        .containsExactly(
            "oa-svc 5.0.1 null OK silently"
                + " | calls 1 attempts 2 errors 1 retries 1 denied 0 rejected 0"
                + " | models 3 in 306 out 36 cached 192",
            "oa-svc 5.0.1 null OK"
                + " | calls 2 attempts 2 errors 0 retries 0 denied 0 rejected 2"
                + " | models 3 in 315 out 36 cached 192",
            "oa-svc 5.0.1 null OK"
                + " | calls 2 attempts 2 errors 0 retries 0 denied 0 rejected 0"
                + " | models 3 in 324 out 36 cached 192",
            "oa-svc 5.0.1 null OK"
                + " | calls 2 attempts 2 errors 0 retries 0 denied 0 rejected 0"
                + " | models 3 in 333 out 36 cached 192",
            "triage 5.0.1 null DENIED"
                + " | calls 0 attempts 0 errors 0 retries 0 denied 1 rejected 0"
                + " | models 0 in 0 out 0 cached 0");
  }

  /** The attempt that failed is never sent there; what was sent is counted, and nothing else. */
  @Test
  void shouldRecordWhatTraceloopSent() {
    assertThat(lines("support_flow"))
        .containsExactly(
            "support_flow 3 sess-9 OK"
                + " | calls 2 attempts 2 errors 0 retries 0 denied 0 rejected 0"
                + " | models 3 in 306 out 36 cached 0");
  }

  /** The same over OTLP as with the exporter that writes to Kafka itself. */
  @ParameterizedTest
  @ValueSource(strings = {"java-otlp", "java-direct"})
  void shouldRecordWhatTheJavaSdkDid(String agent) {
    assertThat(lines(agent))
        .containsExactly(
            agent
                + " 3.2.1 conv-"
                + agent
                + " OK silently"
                + " | calls 3 attempts 4 errors 1 retries 1 denied 1 rejected 1"
                + " | models 1 in 100 out 10 cached 60",
            agent
                + " 3.2.1 conv-"
                + agent
                + " OK"
                + " | calls 0 attempts 0 errors 0 retries 0 denied 0 rejected 0"
                + " | models 1 in 100 out 10 cached 60");
  }

  /** Addresses, a card number, messages of errors and answers were all in the telemetry. */
  @Test
  void shouldKeepWhatWasSaidOutOfEveryTopic() {
    List<String> leaked = new ArrayList<>();
    for (Topic<?, ?> topic : laptop.cluster().topics().all()) {
      try (var reader = TopicReader.open(laptop.cluster(), topic)) {
        reader.readToEnd(
            record -> {
              String text = String.valueOf(record.value());
              for (String secret :
                  List.of("ada@", "41111111", "upstream", "Paris", "over budget")) {
                if (text.contains(secret)) {
                  leaked.add(topic.name() + ": " + secret);
                }
              }
            });
      }
    }
    assertThat(leaked).isEmpty();
  }
}

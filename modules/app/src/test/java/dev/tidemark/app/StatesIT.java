package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.app.host.PageClient;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.detect.DriftDetector;
import dev.tidemark.core.detect.SignalState;
import dev.tidemark.core.detect.SignalStates;
import dev.tidemark.query.QueryServer;
import dev.tidemark.query.view.KafkaStreamsViews;
import dev.tidemark.query.view.SpanReader;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.detect.DetectConfig;
import dev.tidemark.streams.detect.DetectTopology;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where signals stand, asked of a detector that goes on working: two tasks, exactly once. */
class StatesIT {
  private static final int WINDOWS = 160;
  private static final DetectConfig CONFIG = DetectConfig.of(RecordedWindows.PARTITIONS);
  private final TestCluster cluster = TestCluster.shared();
  private final Topics topics = Topics.prefixed(cluster.uniquePrefix());
  @TempDir private Path directory;
  private KafkaStreams detect;
  private QueryServer server;
  private PageClient page;
  private RecordedWindows windows;

  @BeforeEach
  void start() throws Exception {
    cluster.createTopics(topics, RecordedWindows.PARTITIONS);
    windows = new RecordedWindows(cluster, topics);
    Properties properties = new Properties();
    properties.putAll(cluster.clientConfig());
    properties.put("application.id", topics.windows().name() + "-detect");
    properties.put("state.dir", directory.toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("num.stream.threads", 2);
    AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());
    detect = new KafkaStreams(new DetectTopology(CONFIG, topics, serdes).build(), properties);
    server =
        QueryServer.builder()
            .views(KafkaStreamsViews.over(Map.of("detect", detect)))
            .spans(new NoSpans())
            .detector(CONFIG.settings())
            .start();
    page = new PageClient(server.address(), "--url");
    detect.start();
  }

  @AfterEach
  void stop() {
    server.close();
    detect.close(Duration.ofSeconds(20));
    windows.close();
  }

  @Test
  void shouldBeRightWhileTheDetectorGoesOn() throws Exception {
    awaitTold(0);
    var writer = new Thread(this::writeSlowly, "writer");
    writer.start();
    long baseline = 0;
    int looks = 0;
    while (writer.isAlive()) {
      for (JsonNode state : ask("name", "send")) {
        if (state.at("/signal").asText().equals("DENIAL_RATE")
            && state.at("/series/agentVersion").asText().equals("v1")) {
          assertThat(state.at("/baseline").asLong()).isGreaterThanOrEqualTo(baseline);
          assertThat(state.at("/baseline").asLong() % 5).isZero();
          baseline = state.at("/baseline").asLong();
          looks++;
        }
      }
    }
    writer.join();
    assertThat(looks).isGreaterThan(5);
    awaitTold(WINDOWS - 1);

    Set<String> shown = new TreeSet<>();
    for (String tool : new String[] {"search", "send", "book"}) {
      ask("name", tool).forEach(state -> shown.add(shown(state)));
    }
    assertThat(shown).isEqualTo(expected()).hasSizeGreaterThan(20);
  }

  @Test
  void shouldBePrintedByTheCommand() {
    windows.write(0, WINDOWS);
    awaitTold(WINDOWS - 1);

    Output one = Output.of("states", "send", "--url", server.address().toString());
    Output lines = Output.of("states", "--label", "firing", "-o", "jsonl", "--url", url());
    Output unknown = Output.of("states", "snd", "--url", url());

    assertThat(one.exitCode()).as(one.err()).isZero();
    assertThat(one.out().lines())
        .anyMatch(line -> line.matches("TOOL +send +v2 +DENIAL_RATE +FIRING +\\d+ .*"))
        .anyMatch(line -> line.contains("more calls before a doubling could be found"))
        .noneMatch(line -> line.contains("search"));
    assertThat(lines.out().lines())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.startsWith("{\"schema\":\"dev.tidemark.cli.SignalState\""))
        .allMatch(line -> line.contains("\"label\":\"FIRING\""));
    assertThat(lines.err()).contains("signals are watched: ").contains(" firing");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(unknown.err()).contains("did you mean 'send'?");
  }

  private String url() {
    return server.address().toString();
  }

  private void writeSlowly() {
    for (int i = 0; i < WINDOWS; i++) {
      windows.write(i, i + 1);
    }
  }

  private JsonNode ask(String name, String value) {
    try {
      return page.get("/api/v1/states", Map.of(name, value)).get("states");
    } catch (Failure notSeenYet) {
      assertThat(notSeenYet).hasMessageContaining("has been seen");
      return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
    }
  }

  /** Until both tasks have come to the end of a window. */
  private void awaitTold(int index) {
    if (index == 0) {
      windows.write(0, 1);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(Failure.class)
        .until(
            () -> {
              JsonNode answer = page.get("/api/v1/states", Map.of("name", "send"));
              return answer.get("toldUpToMs").asLong() >= RecordedWindows.endMs(index)
                  && told("search", index)
                  && told("book", index)
                  && told("send", index);
            });
  }

  private boolean told(String tool, int index) {
    for (JsonNode state : page.get("/api/v1/states", Map.of("name", tool)).get("states")) {
      if (state.get("lastMs").asLong() == RecordedWindows.endMs(index)) {
        return true;
      }
    }
    return false;
  }

  private static String shown(JsonNode state) {
    return String.join(
        " ",
        state.at("/series/name").asText(),
        state.at("/series/agentVersion").asText(),
        state.at("/signal").asText(),
        state.at("/label").asText(),
        state.at("/baseline").asText(),
        state.at("/needed").asText());
  }

  /** Nobody asks for runs here. */
  private static final class NoSpans implements SpanReader {
    @Override
    public Records read(AgentRun run) {
      return Records.none(0, "not kept");
    }

    @Override
    public void close() {}
  }

  /** The same windows through the detector alone, partition by partition. */
  private static Set<String> expected() {
    var detector = new DriftDetector(CONFIG.settings());
    List<DetectorStates> partitions = new ArrayList<>();
    for (int i = 0; i < RecordedWindows.PARTITIONS; i++) {
      partitions.add(DetectorStates.inHeap());
    }
    for (WindowRecord window : RecordedWindows.all(0, WINDOWS)) {
      int at = Partitioning.subject(window.getSeries(), RecordedWindows.PARTITIONS);
      detector.observe(window, partitions.get(at));
    }
    Set<String> all = new TreeSet<>();
    for (DetectorStates states : partitions) {
      var look = new SignalStates(states, CONFIG.settings());
      look.series().forEach(series -> look.of(series.key()).forEach(s -> all.add(known(s))));
    }
    return all;
  }

  private static String known(SignalState state) {
    return String.join(
        " ",
        state.series().getSubjectName(),
        state.series().getAgentVersion(),
        state.signal().name(),
        state.label().name(),
        Long.toString(state.baseline()),
        Long.toString(state.needed()));
  }
}

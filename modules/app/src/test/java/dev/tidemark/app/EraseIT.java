package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.app.host.Laptop;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.capture.AgentCapture;
import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.KafkaSpanPublisher;
import dev.tidemark.capture.Run;
import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.wire.Topics;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A conversation is erased as the README says, with every role at work on a real broker: nobody is
 * shown it again, compaction takes it out of the logs, the audit chain tells it and is whole.
 */
class EraseIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String ERASED = "c-4711";
  private static final String KEPT = "c-4712";
  private static final String WORDS = "the ferry leaves at ";
  private static final ContentRules CONTENT = ContentRules.off().tool(ContentRules.EVERY, "pay");
  private final InputStream before = System.in;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Topics topics = Topics.plain();
  private Laptop laptop;

  @TempDir private Path directory;

  @AfterEach
  void giveTheKeyboardBack() {
    System.setIn(before);
  }

  @Test
  void shouldEraseAConversationForEveryReaderAndTellTheAuditChain() throws Exception {
    try (Laptop started = Laptop.start(directory, 0, 0, 0, RuleSet.DEFAULT)) {
      laptop = started;
      Map<String, Object> client = new HashMap<>(laptop.cluster().clientConfig());
      var config = CaptureConfig.of(client).hashKey(new byte[32]).content(CONTENT);
      var publisher = KafkaSpanPublisher.open(config);
      try (var capture = AgentCapture.of(config, publisher)) {
        List<String> gone = List.of(say(capture, ERASED), say(capture, ERASED));
        String kept = say(capture, KEPT);
        pass(capture, publisher, 1);
        await().atMost(LIMIT).until(() -> status(kept) == 200 && status(gone.get(1)) == 200);
        await().atMost(LIMIT).until(() -> values("agent-evidence", kept) == 3);
        await().atMost(LIMIT).until(() -> values("agent-evidence", gone) == 6);
        assertThat(values("agent-content", gone)).isEqualTo(4);
        assertThat(get("/api/v1/runs")).contains(gone);

        refuseTheWrongName(gone);
        eraseIt(2);
        await().atMost(LIMIT).until(() -> status(gone.get(0)) == 404 && status(gone.get(1)) == 404);

        String after = say(capture, KEPT);
        pass(capture, publisher, 2);
        await().atMost(LIMIT).until(() -> status(after) == 200);
        showNothingOf(gone, kept);
        compact();
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () -> {
                  for (var topic : List.of(topics.runs(), topics.evidence(), topics.content())) {
                    assertThat(values(topic.name(), gone)).as(topic.name()).isZero();
                    assertThat(values(topic.name(), kept)).as(topic.name()).isPositive();
                  }
                });
        tellTheAudit();
      }
    }
  }

  /** A run that was denied once and is kept as evidence; its trace. */
  private static String say(AgentCapture capture, String conversation) {
    try (Run run = capture.startRun("clerk").version("1").conversation(conversation).start()) {
      run.toolCall("pay").arguments("{\"q\":\"" + WORDS + "noon\"}").ok(WORDS + "one");
      run.toolCall("pay").denied("limit");
      return run.traceId();
    }
  }

  /** Time goes on for everybody: what was said is summed up. */
  private static void pass(AgentCapture capture, KafkaSpanPublisher publisher, int minutes) {
    assertThat(capture.flush(LIMIT)).isTrue();
    publisher.heartbeat(System.currentTimeMillis() + Duration.ofMinutes(minutes).toMillis());
    assertThat(capture.flush(LIMIT)).isTrue();
  }

  private void refuseTheWrongName(List<String> gone) throws Exception {
    Map<String, Long> ends = ends();
    type(KEPT);
    Output output = tidemark("erase --conversation " + ERASED);
    assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains("nothing was erased");
    type("");
    assertThat(tidemark("erase --conversation " + ERASED).exitCode()).isEqualTo(ExitCode.USAGE);
    for (String command : readme("erase")) {
      Output dry = tidemark(command);
      assertThat(dry.exitCode()).as(dry.err()).isZero();
      assertThat(dry.out()).contains("agent-evidence").contains("would be erased");
    }
    assertThat(ends()).isEqualTo(ends);
    assertThat(gone).allSatisfy(trace -> assertThat(status(trace)).isEqualTo(200));
  }

  private void eraseIt(int traces) throws Exception {
    type(ERASED);
    Output output = tidemark("erase --conversation " + ERASED + " -o json");
    assertThat(output.exitCode()).as(output.err()).isZero();
    assertThat(output.err()).contains("erased " + traces + " traces");
    JsonNode report = new ObjectMapper().readTree(output.out());
    assertThat(line(report, "agent-evidence").get("fate").asText()).isEqualTo("ERASED");
    assertThat(line(report, "agent-evidence").get("until").asText()).isNotBlank();
    assertThat(line(report, "agent-spans").get("fate").asText()).isEqualTo("EXPIRES");
    assertThat(line(report, "agent-spans").get("records").asLong()).isEqualTo(3L * traces);
  }

  private void showNothingOf(List<String> gone, String kept) throws Exception {
    for (String path : List.of("/api/v1/runs", "/api/v1/overview", "/api/v1/alerts", "/metrics")) {
      assertThat(get(path)).as(path).doesNotContain(gone).doesNotContain(ERASED);
    }
    assertThat(get("/api/v1/runs")).contains(kept);
    for (String trace : gone) {
      Output output = tidemark("trace " + trace);
      assertThat(output.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(output.out()).isEmpty();
      assertThat(output.err()).contains("erased");
    }
    assertThat(tidemark("trace " + kept).exitCode()).isZero();
    JsonNode again =
        new ObjectMapper()
            .readTree(tidemark("erase --dry-run -o json --conversation " + ERASED).out());
    for (String topic : List.of("agent-runs", "agent-evidence", "agent-content", "agent-alerts")) {
      assertThat(line(again, topic).get("records").asLong()).as(topic).isZero();
    }
  }

  private void tellTheAudit() throws Exception {
    for (String command : readme("audit")) {
      Output output = tidemark(command);
      assertThat(output.exitCode()).as(output.err()).isZero();
      assertThat(output.out()).contains("whole").contains("ERASED");
    }
    JsonNode chains = new ObjectMapper().readTree(tidemark("audit verify -o json").out());
    long runs = 0;
    for (JsonNode chain : chains) {
      runs += chain.get("erasedRuns").asLong();
    }
    assertThat(runs).isEqualTo(2);
  }

  /** What a broker does within a day or two, at once. */
  private void compact() throws Exception {
    var names = List.of(topics.runs().name(), topics.evidence().name(), topics.content().name());
    Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new HashMap<>();
    for (String name : names) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, name),
          List.of(
              set("segment.ms", "50"),
              set("max.compaction.lag.ms", "1"),
              set("min.cleanable.dirty.ratio", "0")));
    }
    changes.put(
        new ConfigResource(ConfigResource.Type.BROKER, ""),
        List.of(set("log.cleaner.backoff.ms", "200")));
    try (Admin admin = laptop.cluster().admin();
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", laptop.cluster().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      admin.incrementalAlterConfigs(changes).all().get();
      byte[] nobody = "nobody".getBytes(StandardCharsets.UTF_8);
      for (int round = 0; round < 2; round++) {
        Thread.sleep(100);
        for (String name : names) {
          for (int partition = 0; partition < Laptop.PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(name, partition, nobody, null)).get();
          }
        }
      }
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  /** Commands of the README, against this broker. */
  private static List<String> readme(String command) {
    List<String> found =
        Pattern.compile("^\\./tidemark (" + command + " .+)$", Pattern.MULTILINE)
            .matcher(Repository.text("README.md"))
            .results()
            .map(
                match -> match.group(1).replaceAll(" --(bootstrap-server|schema-reg\\w+) \\S+", ""))
            .toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private Output tidemark(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    words.addAll(List.of("-b", laptop.cluster().bootstrapServers()));
    words.addAll(List.of("-r", laptop.cluster().registryUrl()));
    return Output.of(words.toArray(String[]::new));
  }

  private static void type(String line) {
    System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode line(JsonNode report, String topic) {
    for (JsonNode line : report.get("topics")) {
      if (line.get("topic").asText().equals(topic)) {
        return line;
      }
    }
    throw new AssertionError(topic + " is not in the report");
  }

  private int status(String trace) throws Exception {
    return http.send(request("/api/v1/runs/" + trace), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String get(String path) throws Exception {
    return http.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(laptop.page().resolve(path)).build();
  }

  private long values(String topic, List<String> traces) {
    return traces.stream().mapToLong(trace -> values(topic, trace)).sum();
  }

  /** Records of a trace that say something, from the beginning of a topic to its end. */
  private long values(String topic, String trace) {
    long found = 0;
    try (var consumer = consumer()) {
      var partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.value() != null
              && new String(record.key(), StandardCharsets.UTF_8).startsWith(trace)) {
            found++;
          }
        }
      }
    }
    return found;
  }

  private Map<String, Long> ends() {
    var ends = new TreeMap<String, Long>();
    try (var consumer = consumer()) {
      for (var topic : List.of(topics.spans(), topics.content(), topics.findings())) {
        consumer
            .endOffsets(partitions(consumer, topic.name()))
            .forEach((partition, end) -> ends.put(partition.toString(), end));
      }
    }
    return ends;
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            laptop.cluster().bootstrapServers(),
            "isolation.level",
            "read_committed",
            "fetch.max.wait.ms",
            "10"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}

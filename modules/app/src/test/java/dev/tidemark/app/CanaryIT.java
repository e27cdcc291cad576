package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.app.host.Laptop;
import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.capture.AgentCapture;
import dev.tidemark.capture.CaptureConfig;
import dev.tidemark.capture.TidemarkSpanExporter;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.dialect.NormalizerSettings;
import dev.tidemark.core.redact.ContentRules;
import dev.tidemark.ingest.KafkaOutlet;
import dev.tidemark.ingest.receive.OtlpReceiver;
import dev.tidemark.ingest.receive.ReceiverConfig;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forty secrets of twelve kinds are said wherever an agent can say something: in prompts,
 * arguments, results, texts of exceptions, names of attributes, baggage and headers. After a full
 * run of every role none of them stands in a topic, a store, a log, an answer, the page or a
 * metric.
 */
class CanaryIT {
  private static final Duration LIMIT = Duration.ofSeconds(80);
  private static final ContentRules CONTENT =
      ContentRules.off().tool(ContentRules.EVERY, ContentRules.EVERY).models("default");
  private static final Normalizer KEEPING =
      Normalizer.of(NormalizerSettings.standard().withContent(CONTENT));
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> answers = new ArrayList<>();
  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(before);
  }

  @Test
  void shouldLetNoSecretThrough() throws Exception {
    assertThat(Canaries.ALL).hasSize(40);
    assertThat(Canaries.KINDS).hasSize(12);
    List<String> found = new ArrayList<>();
    try (Laptop laptop = Laptop.start(directory, 0, 0, 0, RuleSet.DEFAULT)) {
      Map<String, Object> client = new HashMap<>(laptop.cluster().clientConfig());
      CaptureConfig config = config(client);
      List<String> traces = new ArrayList<>();
      try (var capture = AgentCapture.open(config)) {
        CanaryAgent agent = new CanaryAgent(capture);
        Canaries.ALL.forEach(canary -> traces.add(agent.say(canary)));
        assertThat(capture.flush(LIMIT)).isTrue();
        assertThat(capture.counters().redacted()).isGreaterThan(40);
        assertThat(capture.counters().report().failed()).isZero();
        assertThat(capture.counters().droppedInAll()).isZero();
      }
      otel(config);
      door(laptop, client);
      poison(laptop, client);
      await().atMost(LIMIT).until(() -> records(laptop, "agent-windows") > 10);
      await().atMost(LIMIT).until(() -> records(laptop, "agent-dead-letters") > 0);
      ask(laptop, traces);

      Map<String, Long> topics = topics(laptop, found);
      assertThat(topics.get("agent-spans")).isGreaterThan(120);
      assertThat(topics.get("agent-content")).isGreaterThan(400);
      assertThat(topics.get("agent-runs")).isGreaterThan(30);
    }
    files(directory.resolve("state"), found);
    String logged = log.toString(StandardCharsets.UTF_8);
    assertThat(logged).contains("WARN");
    look("log", logged, found);
    answers.forEach(answer -> look("answer", answer, found));
    assertThat(found).isEmpty();
    assertThat(answers).hasSizeGreaterThan(20).anyMatch(answer -> answer.contains("[redacted:"));
  }

  private static CaptureConfig config(Map<String, Object> client) {
    return CaptureConfig.of(client).hashKey(new byte[32]).content(CONTENT);
  }

  /** The same through the OpenTelemetry SDK, straight to Kafka. */
  private static void otel(CaptureConfig config) {
    var exporter = TidemarkSpanExporter.open(config);
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      Canaries.ALL.forEach(canary -> CanaryAgent.tell(provider.get("agent"), canary.text()));
      assertThat(exporter.flush().join(LIMIT.toSeconds(), TimeUnit.SECONDS).isSuccess()).isTrue();
      assertThat(exporter.unread()).isZero();
      assertThat(exporter.counters().droppedInAll()).isZero();
      assertThat(exporter.redacted().total()).isGreaterThan(40);
      assertThat(exporter.redacted().failed()).isZero();
    }
  }

  /** The same over OTLP: good spans, and bodies that are refused. */
  private void door(Laptop laptop, Map<String, Object> client) throws Exception {
    var outlet = new KafkaOutlet(client, laptop.cluster().topics(), laptop.cluster().serdes());
    try (outlet;
        var receiver = OtlpReceiver.start(ReceiverConfig.loopback(0, 0), outlet, KEEPING)) {
      for (int i = 0; i < Canaries.ALL.size(); i++) {
        String said = Canaries.ALL.get(i).text().replace("\\", "\\\\").replace("\"", "\\\"");
        said = said.replace("\n", "\\n");
        for (String operation : List.of("execute_tool", "chat")) {
          String body = CanaryAgent.otlp(i, operation, said);
          answers.add(post(receiver.http().resolve("/v1/traces"), body, said));
        }
        answers.add(post(receiver.http().resolve("/v1/traces"), "{\"" + said + "\":1", said));
        answers.add(post(receiver.http().resolve("/v1/logs"), "[\"" + said + "\"]", said));
        answers.add(post(receiver.http().resolve("/v1/logs"), CanaryAgent.logs(i, said), said));
      }
      answers.add(get(receiver.http().resolve("/" + Canaries.ALL.get(3).secret())));
      assertThat(receiver.counts().contents()).isEqualTo(6L * Canaries.ALL.size());
      assertThat(receiver.counts().events()).isGreaterThanOrEqualTo(Canaries.ALL.size());
      assertThat(receiver.counts().redacted().report().total()).isGreaterThan(40);
      assertThat(receiver.counts().redacted().report().failed()).isZero();
    }
  }

  private String post(URI uri, String body, String said) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .header("x-secret", said.replaceAll("[^ -~]|\\\\n", ""))
            .header("baggage", "secret=" + said.replaceAll("[^ -~]|\\\\n", ""))
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
            .build();
    return text(request);
  }

  private String get(URI uri) throws Exception {
    return text(HttpRequest.newBuilder(uri).build());
  }

  private String text(HttpRequest request) throws IOException, InterruptedException {
    var response = http.send(request, BodyHandlers.ofString());
    return response.headers().map() + response.body();
  }

  /** Bytes that are no record: what becomes of them may say where they were, not what. */
  private static void poison(Laptop laptop, Map<String, Object> client) throws Exception {
    client.remove("schema.registry.url");
    byte[] bytes = Canaries.POISON.getBytes(StandardCharsets.UTF_8);
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      String topic = laptop.cluster().topics().spans().name();
      producer.send(new ProducerRecord<>(topic, bytes, bytes)).get();
    }
  }

  private void ask(Laptop laptop, List<String> traces) throws Exception {
    List<String> paths = new ArrayList<>();
    paths.addAll(List.of("/", "/metrics", "/readyz", "/api/v1/overview", "/api/v1/subjects"));
    paths.addAll(List.of("/api/v1/alerts", "/api/v1/runs", "/api/v1/changes", "/api/v1/status"));
    paths.addAll(List.of("/api/v1/progress", "/api/v1/states", "/api/v1/nothing"));
    traces.forEach(trace -> paths.add("/api/v1/runs/" + trace));
    for (String path : paths) {
      answers.add(get(laptop.page().resolve(path)));
    }
  }

  private static long records(Laptop laptop, String topic) {
    try (var consumer = consumer(laptop)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Reads every topic there is, those of the engine included; tells how many records each has. */
  private static Map<String, Long> topics(Laptop laptop, List<String> found) throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    try (Admin admin = laptop.cluster().admin();
        var consumer = consumer(laptop)) {
      for (String topic :
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get()) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long count = 0;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            count++;
            if (!isPoison(record)) {
              look(topic, text(record), found);
            }
          }
        }
        counts.put(topic, count);
      }
    }
    return counts;
  }

  private static boolean isPoison(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals("agent-spans")
        && new String(record.value(), StandardCharsets.UTF_8).equals(Canaries.POISON);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    var text = new StringBuilder();
    record.headers().forEach(header -> append(text.append(header.key()), header.value()));
    return append(append(text, record.key()), record.value()).toString();
  }

  private static StringBuilder append(StringBuilder text, byte[] bytes) {
    return bytes == null ? text : text.append(new String(bytes, StandardCharsets.UTF_8));
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> all, String topic) {
    return all.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Laptop laptop) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", laptop.cluster().bootstrapServers()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Stores on disk; RocksDB of Kafka Streams does not compress. */
  private static void files(Path root, List<String> found) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        look(
            root.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1),
            found);
      }
    }
  }

  private static void look(String where, String text, List<String> found) {
    for (Canaries.Canary canary : Canaries.ALL) {
      if (text.contains(canary.secret()) || text.contains(canary.tail())) {
        found.add(canary.kind() + " in " + where);
      }
    }
    if (text.contains(Canaries.POISON)) {
      found.add("poison in " + where);
    }
  }
}

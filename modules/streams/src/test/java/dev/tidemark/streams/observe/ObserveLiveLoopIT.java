package dev.tidemark.streams.observe;

import static dev.tidemark.streams.observe.RandomFleet.START;
import static dev.tidemark.streams.observe.RandomFleet.tool;
import static dev.tidemark.streams.observe.RandomFleet.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Outcome;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the call that completes a loop to a reader of committed findings. */
class ObserveLiveLoopIT {
  private static final int TIMES = 10;
  private static final int CALLS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MEDIAN_BELOW_MS = 1_000;
  private final TestCluster cluster = TestCluster.shared();
  private final Topics topics = Topics.prefixed(cluster.uniquePrefix());
  private final AvroSerdes serdes =
      AvroSerdes.of(Map.of("schema.registry.url", cluster.registryUrl()));

  @TempDir Path state;

  @Test
  void shouldTellALoopWithinASecond() {
    cluster.createTopics(topics, 1);
    ObserveConfig config = ObserveConfig.of(1, 1).withClock(ObserveConfig.ArrivalClock.PRODUCER);
    long[] tookMs = new long[TIMES];
    try (var streams = new KafkaStreams(topology(config), properties());
        var producer = producer();
        var consumer = consumer()) {
      streams.start();
      heartbeat(producer, topics.spans());
      heartbeat(producer, topics.events());
      loop(producer, 0);
      assertThat(next(consumer).getItem()).isEqualTo(trace(0));
      for (int i = 0; i < TIMES; i++) {
        long lastCallNanos = loop(producer, i + 1);
        Finding told = next(consumer);
        tookMs[i] = Duration.ofNanos(System.nanoTime() - lastCallNanos).toMillis();
        assertThat(told.getItem()).isEqualTo(trace(i + 1));
      }
    }
    Arrays.sort(tookMs);
    System.out.println("last call to committed finding, ms, sorted: " + Arrays.toString(tookMs));
    assertThat(tookMs[TIMES / 2]).isLessThan(MEDIAN_BELOW_MS);
  }

  private Topology topology(ObserveConfig config) {
    return new ObserveTopology(config, topics, serdes).build();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("application.id", topics.findings().name() + "-observe");
    properties.put("bootstrap.servers", cluster.bootstrapServers());
    properties.put("state.dir", state.toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    return properties;
  }

  private KafkaProducer<String, byte[]> producer() {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("acks", "all");
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  private KafkaConsumer<byte[], Finding> consumer() {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("isolation.level", "read_committed");
    config.put("fetch.max.wait.ms", 20);
    var consumer =
        new KafkaConsumer<>(
            config, new ByteArrayDeserializer(), serdes.value(Finding.class).deserializer());
    List<TopicPartition> partition = List.of(new TopicPartition(topics.findings().name(), 0));
    consumer.assign(partition);
    consumer.seekToBeginning(partition);
    return consumer;
  }

  private static Finding next(KafkaConsumer<byte[], Finding> consumer) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      for (ConsumerRecord<byte[], Finding> record : consumer.poll(Duration.ofMillis(20))) {
        return record.value();
      }
    }
    throw new AssertionError("no finding within " + PATIENCE);
  }

  /** Identical calls of one run; returns when the last one was sent. */
  private long loop(KafkaProducer<String, byte[]> producer, int run) {
    long sentNanos = 0;
    for (int call = 0; call < CALLS; call++) {
      long endMs = START + 100L * run + call;
      AgentSpan span = tool(trace(run), call, "search", endMs, Outcome.OK);
      span.setArgumentsHash("a");
      byte[] value =
          serdes.value(AgentSpan.class).serializer().serialize(topics.spans().name(), span);
      sentNanos = System.nanoTime();
      send(producer, topics.spans(), endMs, value, new RecordHeaders());
    }
    return sentNanos;
  }

  private static void heartbeat(KafkaProducer<String, byte[]> producer, Topic<?, ?> topic) {
    send(producer, topic, START, null, new RecordHeaders().add("tidemark-heartbeat", new byte[0]));
  }

  private static void send(
      KafkaProducer<String, byte[]> producer,
      Topic<?, ?> topic,
      long arrivalMs,
      byte[] value,
      Headers headers) {
    var unused =
        producer.send(new ProducerRecord<>(topic.name(), 0, arrivalMs, null, value, headers));
    producer.flush();
  }
}

package dev.tidemark.query.view;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads runs back from {@code agent-spans} and {@code agent-events} with two consumers that are
 * lent to one request at a time. No group, no commits.
 */
public final class KafkaSpanReader implements SpanReader {
  /** Records of one run that are read at most, spans and events each. */
  static final int LIMIT = 5_000;

  private static final int CONSUMERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration QUEUE = Duration.ofSeconds(2);
  private final BlockingQueue<Consumer<byte[], byte[]>> idle;
  private final Topics topics;
  private final Deserializer<AgentSpan> spans;
  private final Deserializer<AgentEvent> events;

  private KafkaSpanReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Topics topics,
      Deserializer<AgentSpan> spans,
      Deserializer<AgentEvent> events) {
    this.idle = new ArrayBlockingQueue<>(CONSUMERS);
    this.topics = topics;
    this.spans = spans;
    this.events = events;
    for (int i = 0; i < CONSUMERS; i++) {
      idle.add(consumers.get());
    }
  }

  /**
   * Opens the consumers.
   *
   * @param config connection settings of a Kafka consumer; group settings are ignored
   * @param spans reader of span values; used by one thread at a time
   * @param events reader of event values; used by one thread at a time
   */
  public static KafkaSpanReader open(
      Map<String, ?> config,
      Topics topics,
      Deserializer<AgentSpan> spans,
      Deserializer<AgentEvent> events) {
    Map<String, Object> own = new HashMap<>(config);
    own.remove(ConsumerConfig.GROUP_ID_CONFIG);
    own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    own.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    return new KafkaSpanReader(
        () -> new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topics,
        spans,
        events);
  }

  @Override
  public Records read(AgentRun run) {
    long expected = (long) run.getSpanOffsets().size() + run.getEventOffsets().size();
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = idle.poll(QUEUE.toMillis(), TimeUnit.MILLISECONDS);
      return consumer == null
          ? Records.none(expected, "Too many runs are being read at once: try again.")
          : read(run, expected, consumer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Records.none(expected, "The server is shutting down.");
    } catch (KafkaException e) {
      return Records.none(
          expected,
          "The broker did not give the spans back in time: only the summary is shown ("
              + e.getClass().getSimpleName()
              + ").");
    } finally {
      if (consumer != null) {
        idle.add(consumer);
      }
    }
  }

  private Records read(AgentRun run, long expected, Consumer<byte[], byte[]> consumer) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String traceId = run.getTraceId();
    int partition = run.getSourcePartition();
    var foundSpans = new ArrayList<AgentSpan>();
    var foundEvents = new ArrayList<AgentEvent>();
    long expired =
        new PartitionReader<>(
                consumer,
                new TopicPartition(topics.spans().name(), partition),
                spans,
                span -> traceId.equals(span.getTraceId()))
            .read(Offsets.absolute(run.getSpanOffsets(), LIMIT), foundSpans, deadline);
    expired +=
        new PartitionReader<>(
                consumer,
                new TopicPartition(topics.events().name(), partition),
                events,
                event -> traceId.equals(event.getTraceId()))
            .read(Offsets.absolute(run.getEventOffsets(), LIMIT), foundEvents, deadline);
    long unread = expected - expired - foundSpans.size() - foundEvents.size();
    return new Records(
        foundSpans, foundEvents, expected, expired, unread, note(expected, expired, unread));
  }

  private static String note(long expected, long expired, long unread) {
    if (expired > 0) {
      return String.format(
          Locale.ROOT,
          "%,d of %,d records have expired: the topics no longer hold them, only the summary does.",
          expired,
          expected);
    }
    return unread == 0
        ? null
        : String.format(
            Locale.ROOT,
            "%,d of %,d records were not read back: at most %,d are shown within %d s.",
            unread,
            expected,
            LIMIT,
            PATIENCE.toSeconds());
  }

  @Override
  public void close() {
    for (int i = 0; i < CONSUMERS; i++) {
      try {
        Consumer<byte[], byte[]> consumer =
            idle.poll(PATIENCE.plus(QUEUE).toMillis(), TimeUnit.MILLISECONDS);
        if (consumer != null) {
          consumer.close();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

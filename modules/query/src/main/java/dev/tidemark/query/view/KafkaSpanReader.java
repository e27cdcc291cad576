package dev.tidemark.query.view;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EvidenceKind;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads runs back from {@code agent-spans} and {@code agent-events}, and what those no longer hold
 * from {@code agent-evidence}, with two consumers that are lent to one request at a time. No group,
 * no commits.
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
  private final Deserializer<AgentEvidence> evidence;

  private KafkaSpanReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Topics topics,
      Deserializer<AgentSpan> spans,
      Deserializer<AgentEvent> events,
      Deserializer<AgentEvidence> evidence) {
    this.idle = new ArrayBlockingQueue<>(CONSUMERS);
    this.topics = topics;
    this.spans = spans;
    this.events = events;
    this.evidence = evidence;
    for (int i = 0; i < CONSUMERS; i++) {
      idle.add(consumers.get());
    }
  }

  /**
   * Opens the consumers.
   *
   * @param config connection settings of a Kafka consumer; group settings are ignored
   * @param serdes make the readers of values; each is used by one thread at a time
   */
  public static KafkaSpanReader open(Map<String, ?> config, Topics topics, AvroSerdes serdes) {
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
    // A fetch that waits at the end of one partition would hold up what is read next.
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    return new KafkaSpanReader(
        () -> new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topics,
        serdes.value(AgentSpan.class).deserializer(),
        serdes.value(AgentEvent.class).deserializer(),
        serdes.value(AgentEvidence.class).deserializer());
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
    var spanReader =
        new PartitionReader<>(
            consumer,
            new TopicPartition(topics.spans().name(), partition),
            spans,
            span -> traceId.equals(span.getTraceId()));
    var eventReader =
        new PartitionReader<>(
            consumer,
            new TopicPartition(topics.events().name(), partition),
            events,
            event -> traceId.equals(event.getTraceId()));
    long[] spanOffsets = Offsets.absolute(run.getSpanOffsets(), LIMIT);
    long[] eventOffsets = Offsets.absolute(run.getEventOffsets(), LIMIT);
    long goneSpans = spanReader.read(spanOffsets, foundSpans, deadline);
    long goneEvents = eventReader.read(eventOffsets, foundEvents, deadline);
    long expired = goneSpans + goneEvents;
    if (expired > 0) {
      var copies =
          new EvidenceReader(consumer, topics, evidence)
              .read(run, first(spanOffsets, goneSpans), first(eventOffsets, goneEvents), deadline);
      List<AgentSpan> oldSpans = spanReader.decode(copies.get(EvidenceKind.SPAN).values());
      List<AgentEvent> oldEvents = eventReader.decode(copies.get(EvidenceKind.EVENT).values());
      foundSpans.addAll(0, oldSpans);
      foundEvents.addAll(0, oldEvents);
      expired -= oldSpans.size() + oldEvents.size();
    }
    long unread = expected - expired - foundSpans.size() - foundEvents.size();
    return new Records(
        foundSpans, foundEvents, expected, expired, unread, note(expected, expired, unread));
  }

  private static Set<Long> first(long[] offsets, long count) {
    return Arrays.stream(offsets).limit(count).boxed().collect(Collectors.toSet());
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

package dev.tidemark.streams.evidence;

import dev.tidemark.records.EvidenceKind;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads with a consumer of its own in a thread of its own; no group, committed records only. A
 * consumer that failed is thrown away.
 */
final class KafkaCopier implements Copier {
  private static final String SCHEMA_ID = "__value_schema_id";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  /** In a row, before the rest is left for another time: as long as {@link #PATIENCE}. */
  private static final int EMPTY_POLLS = (int) PATIENCE.dividedBy(POLL);

  /** A gap longer than this is jumped over rather than read through. */
  private static final long GAP = 2_000;

  private final Topics topics;
  private final Map<String, Object> settings;
  private final ExecutorService thread;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  KafkaCopier(String applicationId, Map<String, Object> clientConfig, Topics topics) {
    this.topics = topics;
    this.settings = settings(applicationId, clientConfig);
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, applicationId + "-copier");
              made.setDaemon(true);
              return made;
            });
  }

  private static Map<String, Object> settings(String applicationId, Map<String, Object> config) {
    Map<String, Object> own = new HashMap<>(config);
    own.keySet().retainAll(ConsumerConfig.configNames());
    own.remove(ConsumerConfig.GROUP_ID_CONFIG);
    own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    own.remove(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG);
    own.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, applicationId + "-copier");
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A fetch that waits at the end of one partition holds up the next run's, wherever that is.
    own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
    own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    own.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() - 1_000);
    return own;
  }

  @Override
  public void ask(String traceId, Coordinates what) {
    thread.execute(
        () -> {
          if (!closed) {
            answers.add(answer(traceId, what));
          }
        });
  }

  @Override
  public Answer poll() {
    return answers.poll();
  }

  private Answer answer(String traceId, Coordinates what) {
    try {
      if (consumer == null) {
        consumer =
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      }
      var spans = new Reading(traceId, EvidenceKind.SPAN, what.partition(), what.spans());
      var events = new Reading(traceId, EvidenceKind.EVENT, what.partition(), what.events());
      spans.run();
      events.run();
      var found = new ArrayList<>(spans.found);
      found.addAll(events.found);
      var outstanding = new Coordinates(what.partition(), spans.left(), events.left());
      return new Answer(
          traceId,
          what,
          found,
          spans.expired + events.expired,
          spans.foreign + events.foreign,
          outstanding,
          outstanding.isEmpty() ? null : "not there yet");
    } catch (RuntimeException e) { // Whatever it is, the question has to be answered.
      discard();
      return Answer.failed(traceId, what, e.getClass().getSimpleName());
    }
  }

  private void discard() {
    if (consumer != null) {
      var failed = consumer;
      consumer = null;
      failed.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.execute(this::discard);
    thread.shutdown();
  }

  /** One forward pass over one partition. */
  private final class Reading {
    private final String traceId;
    private final EvidenceKind kind;
    private final TopicPartition partition;
    private final long[] offsets;
    private final List<Found> found = new ArrayList<>();
    private int next;
    private long expired;
    private long foreign;

    Reading(String traceId, EvidenceKind kind, int partition, List<Long> offsets) {
      String topic = kind == EvidenceKind.SPAN ? topics.spans().name() : topics.events().name();
      this.traceId = traceId;
      this.kind = kind;
      this.partition = new TopicPartition(topic, partition);
      this.offsets = offsets.stream().mapToLong(Long::longValue).toArray();
    }

    void run() {
      if (offsets.length == 0) {
        return;
      }
      consumer.assign(List.of(partition));
      long first = consumer.beginningOffsets(List.of(partition)).get(partition);
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (next < offsets.length && offsets[next] < first) {
        next++;
        expired++;
      }
      long position = -1;
      int empty = 0;
      while (next < offsets.length && offsets[next] < end && !closed && empty < EMPTY_POLLS) {
        if (position < 0 || offsets[next] - position > GAP) {
          consumer.seek(partition, offsets[next]);
        }
        List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
        empty = polled.isEmpty() ? empty + 1 : 0;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          skipTo(record.offset());
          if (next < offsets.length && offsets[next] == record.offset()) {
            take(record);
            next++;
          }
        }
        position = consumer.position(partition);
        skipTo(position);
      }
    }

    private void skipTo(long offset) {
      while (next < offsets.length && offsets[next] < offset) {
        next++;
        foreign++;
      }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      byte[] key = record.key();
      if (record.value() != null
          && key != null
          && traceId.equals(new String(key, StandardCharsets.UTF_8))) {
        Header id = record.headers().lastHeader(SCHEMA_ID);
        found.add(
            new Found(
                kind,
                record.partition(),
                record.offset(),
                record.timestamp(),
                ByteBuffer.wrap(record.value()),
                id == null ? null : ByteBuffer.wrap(id.value())));
      } else {
        foreign++;
      }
    }

    List<Long> left() {
      return Arrays.stream(offsets, next, offsets.length).boxed().toList();
    }
  }
}

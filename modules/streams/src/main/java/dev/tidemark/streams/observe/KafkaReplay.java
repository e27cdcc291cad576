package dev.tidemark.streams.observe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads again with a private read_committed consumer that belongs to no group. */
final class KafkaReplay implements Replay {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReplay.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int STABLE_ATTEMPTS = 120;

  private final String applicationId;
  private final Map<String, Object> config;
  private KafkaConsumer<byte[], byte[]> consumer;
  private PartitionEnds ends;

  KafkaReplay(String applicationId, Map<String, Object> clientConfig) {
    this.applicationId = applicationId;
    this.config = new HashMap<>(clientConfig);
  }

  @Override
  public long committed(TopicPartition partition) {
    Map<String, Object> adminConfig = new HashMap<>(config);
    adminConfig.keySet().retainAll(AdminClientConfig.configNames());
    adminConfig
        .keySet()
        .removeIf(key -> key.equals(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG));
    adminConfig.put(AdminClientConfig.CLIENT_ID_CONFIG, applicationId + "-replay-admin");
    try (Admin admin = Admin.create(adminConfig)) {
      for (int attempt = 1; ; attempt++) {
        try {
          Map<TopicPartition, OffsetAndMetadata> offsets =
              admin
                  .listConsumerGroupOffsets(
                      applicationId, new ListConsumerGroupOffsetsOptions().requireStable(true))
                  .partitionsToOffsetAndMetadata()
                  .get();
          OffsetAndMetadata offset = offsets.get(partition);
          return offset == null ? -1 : offset.offset();
        } catch (ExecutionException e) {
          boolean unstable = e.getCause() instanceof UnstableOffsetCommitException;
          if (!unstable || attempt == STABLE_ATTEMPTS) {
            throw new KafkaException("cannot read the committed offset of " + partition, e);
          }
          Thread.sleep(500);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while reading the committed offset", e);
    }
  }

  @Override
  public void read(
      TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    if (from >= to) {
      return;
    }
    LOG.info("reading {} again from {} to {}", partition, from, to);
    KafkaConsumer<byte[], byte[]> reader = consumer();
    reader.assign(List.of(partition));
    long first = reader.beginningOffsets(List.of(partition)).get(partition);
    reader.seek(partition, Math.max(from, first));
    while (reader.position(partition) < to) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        if (record.offset() < to) {
          each.accept(record);
        }
      }
    }
  }

  @Override
  public boolean ask(TopicPartition partition, long position) {
    if (ends == null) {
      ends = new PartitionEnds(applicationId, settings("-ends"));
    }
    return ends.ask(partition, position);
  }

  @Override
  public long ahead(TopicPartition partition, long position) {
    return ends == null ? UNANSWERED : ends.ahead(partition, position);
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
    if (ends != null) {
      ends.close();
      ends = null;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(
              settings("-replay"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    return consumer;
  }

  private Map<String, Object> settings(String suffix) {
    Map<String, Object> own = new HashMap<>(config);
    own.keySet().retainAll(ConsumerConfig.configNames());
    own.remove(ConsumerConfig.GROUP_ID_CONFIG);
    own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    own.remove(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG);
    own.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, applicationId + suffix);
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return own;
  }
}

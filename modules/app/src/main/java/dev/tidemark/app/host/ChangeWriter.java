package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.wire.Partitioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a declared change where detect reads it: into every partition, because a new prompt or
 * version of an agent concerns every tool it calls, and once more for the fleet. All copies have
 * one change id. Not thread-safe.
 */
public final class ChangeWriter implements AutoCloseable {
  private static final int WAIT_MS = 10_000;
  private static final String FLEET = "*";
  private final Cluster cluster;
  private final KafkaProducer<byte[], byte[]> producer;

  private ChangeWriter(Cluster cluster) {
    this.cluster = cluster;
    var config = new LinkedHashMap<String, Object>(cluster.clientConfig());
    config.keySet().removeIf(key -> !ProducerConfig.configNames().contains(key));
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WAIT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, WAIT_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, WAIT_MS);
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A writer; the caller closes it. */
  public static ChangeWriter open(Cluster cluster) {
    return new ChangeWriter(cluster);
  }

  /** Writes and waits until the broker has every copy. */
  public void write(ChangeEvent change) {
    String topic = cluster.topics().changes().name();
    int partitions = producer.partitionsFor(topic).size();
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (int partition = 0; partition < partitions; partition++) {
      sent.add(send(change, partition));
    }
    ChangeEvent fleet =
        ChangeEvent.newBuilder(change)
            .setSubjectKind(SubjectKind.FLEET.name())
            .setSubjectName(FLEET)
            .build();
    sent.add(send(fleet, fleetPartition(change, partitions)));
    await(sent);
  }

  private static int fleetPartition(ChangeEvent change, int partitions) {
    return Partitioning.subject(
        change.getTenant(), change.getEnvironment(), SubjectKind.FLEET.name(), FLEET, partitions);
  }

  /** Stamped no earlier than what its partition was told: findings to come name it. */
  private Future<RecordMetadata> send(ChangeEvent change, int partition) {
    String topic = cluster.topics().changes().name();
    long toldMs = Math.max(change.getTimeMs(), NewestWindow.endMs(cluster, all -> partition));
    byte[] key =
        cluster.serdes().key(String.class).serializer().serialize(topic, change.getChangeId());
    byte[] value = cluster.serdes().value(ChangeEvent.class).serializer().serialize(topic, change);
    return producer.send(new ProducerRecord<>(topic, partition, toldMs, key, value));
  }

  private static void await(List<Future<RecordMetadata>> sent) {
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get(WAIT_MS, TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw Failure.unreachable(
          "the broker did not take the change: check --bootstrap-server and try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted before the change was written: try again", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}

package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.wire.Partitioning;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes decisions into the partition of the subject they are about. Not thread-safe. */
public final class DecisionWriter implements AutoCloseable {
  private static final int WAIT_MS = 10_000;
  private final Cluster cluster;
  private final KafkaProducer<byte[], byte[]> producer;

  private DecisionWriter(Cluster cluster) {
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
  public static DecisionWriter open(Cluster cluster) {
    return new DecisionWriter(cluster);
  }

  /** Writes and waits until the broker has it. */
  public void write(AlertDecision decision) {
    var topic = cluster.topics().decisions();
    var serdes = cluster.serdes();
    int partition =
        Partitioning.subject(decision.getSeries(), producer.partitionsFor(topic.name()).size());
    var keys = serdes.key(String.class).serializer();
    var values = serdes.value(AlertDecision.class).serializer();
    byte[] key = keys.serialize(topic.name(), decision.getDecisionId());
    byte[] value = values.serialize(topic.name(), decision);
    try {
      producer
          .send(new ProducerRecord<>(topic.name(), partition, decision.getTimeMs(), key, value))
          .get(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw Failure.unreachable(
          "the broker did not take the decision: check --bootstrap-server and try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted before the decision was written: try again", e);
    }
  }

  /** Time up to which windows of the subject were told; 0 when there are none. */
  public long newestMs(SeriesKey series) {
    return NewestWindow.endMs(cluster, partitions -> Partitioning.subject(series, partitions));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}

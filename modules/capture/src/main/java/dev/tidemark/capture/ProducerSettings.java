package dev.tidemark.capture;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Settings of the Kafka producer: what the user gave, what we suggest, what we insist on. */
final class ProducerSettings {
  /** A call that needs metadata or memory comes back after this long and is tried again. */
  private static final int BLOCK_MS = 1_000;

  private static final int FRAMING_BYTES = 64_000;
  private final Map<String, Object> settings = new HashMap<>();

  ProducerSettings(CaptureConfig config) {
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "tidemark-capture");
    if (config.overflow() == Overflow.WAIT) {
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    }
    config
        .client()
        .forEach(
            (name, value) -> {
              if (ProducerConfig.configNames().contains(name)) {
                settings.put(name, value);
              }
            });
    settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, config.recordLimitBytes() + FRAMING_BYTES);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    var unused = new ProducerConfig(Map.copyOf(settings));
  }

  Map<String, Object> asMap() {
    return Map.copyOf(settings);
  }

  /** A producer; throws when no bootstrap server can be resolved now. */
  Producer<byte[], byte[]> open() {
    return new KafkaProducer<>(asMap());
  }
}

package dev.tidemark.streams.topology;

import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A topology while it is drawn: sources hand on bytes, so that a room decodes and refuses by
 * itself; sinks write the types of their topic; everything has a name. Not thread-safe.
 */
public final class Drawing {
  private final Topology topology = new Topology();
  private final AvroSerdes serdes;

  public Drawing(AvroSerdes serdes) {
    this.serdes = serdes;
  }

  /** Reads a topic as bytes, from its beginning when nothing is committed. */
  public Drawing source(String name, Topic<?, ?> topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ArrivalTimestamp(),
        Serdes.ByteArray().deserializer(),
        Serdes.ByteArray().deserializer(),
        topic.name());
    return this;
  }

  /** A processor behind its parents. */
  public <I, J, K, V> Drawing processor(
      String name, ProcessorSupplier<I, J, K, V> supplier, String... parents) {
    topology.addProcessor(name, supplier, parents);
    return this;
  }

  /** A store of a processor, logged. */
  public Drawing store(StoreBuilder<?> store, String processor) {
    topology.addStateStore(store, processor);
    return this;
  }

  /** A logged key-value store of bytes by name. */
  public Drawing bytesStore(String name, String processor) {
    return store(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray()),
        processor);
  }

  /** Writes a topic; the key decides the partition. */
  public <K, V> Drawing sink(String name, Topic<K, V> topic, String... parents) {
    return sink(name, topic, null, parents);
  }

  /** Writes a topic; {@code partitioner} decides the partition. */
  public <K, V> Drawing sink(
      String name, Topic<K, V> topic, StreamPartitioner<K, V> partitioner, String... parents) {
    topology.addSink(
        name,
        topic.name(),
        serdes.key(topic.keyType()).serializer(),
        serdes.value(topic.valueType()).serializer(),
        partitioner,
        parents);
    return this;
  }

  /** The same; the key decides the partition. */
  public Drawing bytesSink(String name, Topic<?, ?> topic, String parent) {
    return bytesSink(name, topic, null, parent);
  }

  /** Writes a topic whose keys and values come as the bytes they are on it. */
  public Drawing bytesSink(
      String name,
      Topic<?, ?> topic,
      StreamPartitioner<byte[], byte[]> partitioner,
      String parent) {
    topology.addSink(
        name,
        topic.name(),
        Serdes.ByteArray().serializer(),
        Serdes.ByteArray().serializer(),
        partitioner,
        parent);
    return this;
  }

  /** Writes records that are headers only; the key that comes is the partition they go to. */
  public Drawing headersSink(String name, Topic<?, ?> topic, String parent) {
    Serializer<Integer> none = (to, partition) -> null;
    StreamPartitioner<Integer, byte[]> there =
        (to, partition, value, partitions) -> Optional.of(Set.of(partition));
    topology.addSink(name, topic.name(), none, Serdes.ByteArray().serializer(), there, parent);
    return this;
  }

  /** What was drawn. */
  public Topology topology() {
    return topology;
  }
}

package dev.tidemark.streams.topology;

import dev.tidemark.wire.Topic;
import java.util.List;
import org.apache.kafka.streams.Topology;

/**
 * One topology: one role, one application id. The host builds and runs it; a topology never sees
 * properties, {@code KafkaStreams} or the environment.
 */
public interface TopologyDefinition {
  /** Role name and suffix of the application id: observe, detect, alert or evidence. */
  String name();

  /** Topics that must exist before it starts. */
  List<Topic<?, ?>> inputs();

  /** Topics it writes. */
  List<Topic<?, ?>> outputs();

  /** The drawing: every source, processor, store and sink has a name. */
  Topology build();
}

package dev.tidemark.app.host;

import dev.tidemark.wire.Topic;
import java.util.Map;

/**
 * A topic as it is compared with how it should be.
 *
 * @param topic how it should be
 * @param exists whether the broker knows it
 * @param partitions partitions it has, or would get
 * @param differences settings that differ: "actual instead of wanted" by setting
 */
public record TopicState(
    Topic<?, ?> topic, boolean exists, int partitions, Map<String, String> differences) {

  static TopicState missing(Topic<?, ?> topic, int partitions) {
    return new TopicState(topic, false, partitions, Map.of());
  }

  static TopicState present(Topic<?, ?> topic, int partitions, Map<String, String> differences) {
    return new TopicState(topic, true, partitions, differences);
  }

  /** One word: create, differs or ok. */
  public String verdict() {
    return !exists ? "create" : differences.isEmpty() ? "ok" : "differs";
  }
}

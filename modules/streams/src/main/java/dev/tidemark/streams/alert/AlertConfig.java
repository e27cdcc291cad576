package dev.tidemark.streams.alert;

import java.util.Map;

/**
 * Everything alert can be told. Immutable.
 *
 * @param labels put on every alert beside ours, such as team or cluster; ours win
 */
public record AlertConfig(Map<String, String> labels) {
  public AlertConfig {
    labels = Map.copyOf(labels);
  }

  /** No labels but ours. */
  public static AlertConfig defaults() {
    return new AlertConfig(Map.of());
  }
}

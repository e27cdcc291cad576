package dev.tidemark.core.detect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** States in a sorted map. Not thread-safe. */
final class HeapDetectorStates implements DetectorStates {
  private final TreeMap<String, byte[]> states = new TreeMap<>();

  @Override
  public byte[] get(String key) {
    return states.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    states.put(key, value);
  }

  @Override
  public void each(String prefix, BiConsumer<String, byte[]> visitor) {
    for (Map.Entry<String, byte[]> entry : List.copyOf(states.tailMap(prefix).entrySet())) {
      if (!entry.getKey().startsWith(prefix)) {
        return;
      }
      visitor.accept(entry.getKey(), entry.getValue());
    }
  }
}

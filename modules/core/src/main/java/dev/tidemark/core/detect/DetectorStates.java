package dev.tidemark.core.detect;

import java.util.function.BiConsumer;

/** Where detectors keep what they remember: the store of one task. Values are opaque. */
public interface DetectorStates {
  byte[] get(String key);

  void put(String key, byte[] value);

  /**
   * Shows every key that begins with {@code prefix} and its value, in order of keys; what is put
   * meanwhile may or may not be shown.
   */
  void each(String prefix, BiConsumer<String, byte[]> visitor);

  /** States that live as long as the object: for looking back over recorded windows. */
  static DetectorStates inHeap() {
    return new HeapDetectorStates();
  }
}

package dev.tidemark.core.detect;

/** Where the states of detectors are kept: one partition's store. */
public interface DetectorStates {
  /** Stored bytes, or null. */
  byte[] get(String key);

  /** Stores bytes under a key. */
  void put(String key, byte[] value);
}

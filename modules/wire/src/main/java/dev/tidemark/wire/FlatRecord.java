package dev.tidemark.wire;

import java.nio.charset.StandardCharsets;

/**
 * A record of numbers, enums and strings as {@link FlatRecords} found it: numbers decoded, strings
 * left where they are. Reused from record to record, so nothing is allocated; fields are named by
 * their position in the reader's schema. Not thread-safe.
 */
public final class FlatRecord {
  final long[] numbers;
  final int[] starts;
  final int[] lengths;
  byte[] bytes = {};
  long present;

  FlatRecord(int fields) {
    numbers = new long[fields];
    starts = new int[fields];
    lengths = new int[fields];
  }

  /** Whether the field has a value. */
  public boolean has(int field) {
    return (present & (1L << field)) != 0;
  }

  /** A long, int or boolean (0, 1), or the ordinal of an enum in the reader's schema. */
  public long number(int field) {
    return numbers[field];
  }

  /** The number, or {@code missing} when the field is null. */
  public long number(int field, long missing) {
    return has(field) ? numbers[field] : missing;
  }

  /** A double. */
  public double real(int field) {
    return Double.longBitsToDouble(numbers[field]);
  }

  /** The bytes that hold the strings. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a string starts in {@link #bytes()}. */
  public int start(int field) {
    return starts[field];
  }

  /** Length of a string in bytes; 0 when it is null. */
  public int length(int field) {
    return has(field) ? lengths[field] : 0;
  }

  /** Where a string ends in {@link #bytes()}. */
  public int end(int field) {
    return starts[field] + length(field);
  }

  /** A string, or null. */
  public String text(int field) {
    return has(field)
        ? new String(bytes, starts[field], lengths[field], StandardCharsets.UTF_8)
        : null;
  }
}

package dev.tidemark.core.detect;

import dev.tidemark.records.PartSums;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;

/**
 * Sums of one part of a series over some time: attempts, retries, errors, denied, identical,
 * durations, and their sum in microseconds. Not thread-safe.
 */
final class PartSum {
  static final int SIZE = 7;
  private static final int ATTEMPTS = 0;
  static final int ERRORS = 2;
  static final int DENIED = 3;
  private static final int DURATIONS = 5;
  private static final int MICROS = 6;
  private static final int NONE = -1;
  private final long[] values;

  private PartSum(long[] values) {
    this.values = values;
  }

  void set(int at, long value) {
    values[at] = value;
  }

  static PartSum empty() {
    return new PartSum(new long[SIZE]);
  }

  static PartSum of(PartSums p) {
    return new PartSum(
        new long[] {
          p.getAttempts(),
          p.getRetries(),
          p.getErrors(),
          p.getDenied(),
          p.getIdentical(),
          p.getDurations(),
          p.getDurationMicros()
        });
  }

  /** Sums of a whole window; its latency has parts only. */
  static PartSum of(WindowRecord w) {
    return new PartSum(
        new long[] {
          w.getAttempts(), w.getRetries(), w.getErrors(), w.getDenied(), w.getIdentical(), 0, 0
        });
  }

  void add(PartSum other) {
    for (int i = 0; i < SIZE; i++) {
      values[i] += other.values[i];
    }
  }

  long n(Signal signal) {
    return values[signal == Signal.LATENCY ? DURATIONS : ATTEMPTS];
  }

  /** Events, or of latency the sum of the values. */
  long x(Signal signal) {
    int at = index(signal);
    return at == NONE ? 0 : values[at];
  }

  /** Whether parts tell anything about a signal. */
  static boolean tells(Signal signal) {
    return index(signal) != NONE;
  }

  private static int index(Signal signal) {
    return switch (signal) {
      case RETRY_RATE -> 1;
      case ERROR_RATE -> ERRORS;
      case DENIAL_RATE -> DENIED;
      case IDENTICAL_CALL_RATE -> 4;
      case LATENCY -> MICROS;
      default -> NONE;
    };
  }

  void write(StateWriter out) {
    long mask = 0;
    for (int i = 0; i < SIZE; i++) {
      mask |= values[i] == 0 ? 0 : 1L << i;
    }
    out.whole(mask);
    for (long value : values) {
      if (value != 0) {
        out.whole(value);
      }
    }
  }

  static PartSum read(StateReader in) {
    PartSum sum = empty();
    long mask = in.whole();
    for (int i = 0; i < SIZE; i++) {
      sum.values[i] = (mask & (1L << i)) == 0 ? 0 : in.whole();
    }
    return sum;
  }
}

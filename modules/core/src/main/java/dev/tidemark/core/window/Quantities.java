package dev.tidemark.core.window;

import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.Sketch;

/** Sketches of a window by {@link Quantity}; what is not used takes no room. Not thread-safe. */
final class Quantities {
  static final int EVERY = -1;
  private static final Quantity[] ALL = Quantity.values();

  private ExponentialSketch[] sketches;

  /** The sketch of a quantity; null when nothing was ever added to it. */
  ExponentialSketch get(Quantity quantity) {
    return sketches == null ? null : sketches[quantity.slot()];
  }

  /** The sketch of a quantity, to be added to. */
  ExponentialSketch of(Quantity quantity) {
    sketches = sketches == null ? new ExponentialSketch[ALL.length] : sketches;
    ExponentialSketch known = sketches[quantity.slot()];
    if (known == null) {
      known = new ExponentialSketch();
      sketches[quantity.slot()] = known;
    }
    return known;
  }

  /** Adds the sketches of {@code other} whose bits are in {@code bits}. */
  void add(Quantities other, int bits) {
    if (other.sketches == null) {
      return;
    }
    for (Quantity quantity : ALL) {
      ExponentialSketch more = other.sketches[quantity.slot()];
      if (more != null && (bits & quantity.bit()) != 0) {
        of(quantity).add(more);
      }
    }
  }

  /** Adds a sketch that a record may have. */
  void add(Quantity quantity, Sketch more) {
    if (more != null) {
      of(quantity).add(more);
    }
  }

  /** How many values were added to a quantity. */
  long count(Quantity quantity) {
    ExponentialSketch sketch = get(quantity);
    return sketch == null ? 0 : sketch.count();
  }

  /** Sum of the values of a quantity. */
  long sum(Quantity quantity) {
    ExponentialSketch sketch = get(quantity);
    return sketch == null ? 0 : sketch.sum();
  }

  /** Bits of the quantities that something was added to. */
  int used() {
    int used = 0;
    for (Quantity quantity : ALL) {
      used |= get(quantity) == null ? 0 : quantity.bit();
    }
    return used;
  }

  /** Whether nothing is counted: what was added has been taken back. */
  boolean isEmpty() {
    for (Quantity quantity : ALL) {
      ExponentialSketch sketch = get(quantity);
      if (sketch != null && !sketch.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}

package dev.tidemark.core.window;

import dev.tidemark.records.Sketch;
import dev.tidemark.records.WindowRecord;

/**
 * What a window keeps a sketch of; unit and meaning of each are said in {@code WindowRecord.avsc},
 * where they stand together in this order.
 */
public enum Quantity {
  LATENCY("latency"),
  COST("cost"),
  HUMAN_WAIT("humanWait"),
  TOKENS_IN("tokensIn"),
  TOKENS_OUT("tokensOut"),
  STEPS("steps"),
  MODEL_STEPS("modelSteps"),
  RUN_DURATION("runDuration"),
  RUN_COST("runCost");

  private final int position;

  Quantity(String field) {
    this.position = WindowRecord.SCHEMA$.getField(field).pos();
  }

  /** The sketch in a record, or null. */
  public Sketch of(WindowRecord record) {
    return (Sketch) record.get(position);
  }

  void put(WindowRecord record, Sketch sketch) {
    record.put(position, sketch);
  }

  int slot() {
    return compareTo(LATENCY);
  }

  int bit() {
    return 1 << slot();
  }
}

package dev.tidemark.bench.detection;

/** Something that watches one positive quantity of one series. Not thread-safe. */
interface QuantityMethod {
  /** Takes the next window; true when it raises an alarm. */
  boolean observe(Values window);
}

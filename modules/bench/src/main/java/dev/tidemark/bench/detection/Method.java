package dev.tidemark.bench.detection;

/** Something that watches one series and raises alarms. Not thread-safe. */
interface Method {
  /** Takes the next window with calls; true when it raises an alarm. */
  boolean observe(Counts window);
}

package dev.tidemark.capture;

/** What a full queue does to the thread that hands a record over. */
public enum Overflow {
  /** The newest record is dropped and counted; the thread never waits. For agents. */
  DROP,
  /** The thread waits for room; nothing is dropped while Kafka lives. For players and backfills. */
  WAIT
}

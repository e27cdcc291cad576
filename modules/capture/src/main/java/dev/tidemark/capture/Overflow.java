package dev.tidemark.capture;

/** What a full queue does to the thread that hands a record over. */
public enum Overflow {
  /** The newest record is dropped and counted; the thread never waits. For agents. */
  DROP,
  /**
   * The oldest record that waits makes room and is counted; the thread never waits. For agents
   * whose last minutes matter more than the first ones of an outage.
   */
  DROP_OLDEST,
  /** The thread waits for room; nothing is dropped while Kafka lives. For players and backfills. */
  WAIT
}

package dev.tidemark.core.run;

import dev.tidemark.core.run.RunState.Insert;

/** What a run remembers beside its facts; kept when the run is spilled. Mutable. */
public final class RunProgress {
  int duplicates;
  int conflicts;
  boolean truncated;

  /** When it was closed without a root; {@link SpanFact#NONE} while it was not. */
  long closedAtMs = SpanFact.NONE;

  int published;

  /** Whether something changed since the last summary was sent. */
  boolean unpublished = true;

  /** What the run contributed as a whole, or null. */
  RunVerdict verdict;

  private RunLoops loops;

  /** When it is looked at next, milliseconds since the epoch. */
  long wakeMs = Long.MAX_VALUE;

  private int queuePlace = -1;
  private boolean touched;

  RunProgress() {}

  Insert duplicate(boolean same) {
    duplicates++;
    conflicts += same ? 0 : 1;
    return same ? Insert.DUPLICATE : Insert.CONFLICT;
  }

  /** The loops that were told, to be added to. */
  public RunLoops loops() {
    loops = loops == null ? new RunLoops() : loops;
    return loops;
  }

  /** Whether any loop was told. */
  public boolean looped() {
    return loops != null;
  }

  /** Counts a summary as sent. */
  public void publish() {
    published++;
    unpublished = false;
  }

  /** Whether something changed since the last summary was sent. */
  public boolean unpublished() {
    return unpublished;
  }

  /** When it is looked at next; {@link Long#MAX_VALUE} when nobody said. */
  public long wakeMs() {
    return wakeMs;
  }

  /** Says when it is looked at next. */
  public void wakeAt(long atMs) {
    wakeMs = atMs;
  }

  /** Its place among those that are looked at at the same time; -1 when it waits for nothing. */
  public int queuePlace() {
    return queuePlace;
  }

  /** Says its place among those that are looked at at the same time. */
  public void queuedAt(int place) {
    queuePlace = place;
  }

  /** Whether it changed since it was spilled. */
  public boolean touched() {
    return touched;
  }

  /** Says whether it changed since it was spilled. */
  public void touch(boolean changed) {
    touched = changed;
  }

  /** Whether it was closed without a root. */
  public boolean closed() {
    return closedAtMs != SpanFact.NONE;
  }

  /** Whether nothing more is waited for: it was judged, or closed without a span to judge. */
  public boolean finished() {
    return verdict != null || closed();
  }

  /** Whether the run has contributed its verdict. */
  public boolean judged() {
    return verdict != null;
  }
}

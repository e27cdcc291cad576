package dev.tidemark.core.run;

import dev.tidemark.core.run.RunState.Insert;

/** What a run remembers beside its facts; kept when the run is spilled. Mutable. */
public final class RunProgress {
  private int duplicates;
  private int conflicts;
  private boolean truncated;
  private Long closedAtMs;
  private int published;
  private boolean dirty = true;

  /** Nothing happened yet. */
  public RunProgress() {}

  /**
   * Read back from where the run was spilled.
   *
   * @param closedAtMs when it was closed without a root, or null
   * @param published how many summaries were sent
   */
  public RunProgress(
      int duplicates, int conflicts, boolean truncated, Long closedAtMs, int published) {
    this.duplicates = duplicates;
    this.conflicts = conflicts;
    this.truncated = truncated;
    this.closedAtMs = closedAtMs;
    this.published = published;
    this.dirty = false;
  }

  Insert duplicate(boolean same) {
    duplicates++;
    conflicts += same ? 0 : 1;
    return same ? Insert.DUPLICATE : Insert.CONFLICT;
  }

  void truncate() {
    truncated = true;
  }

  void closeAt(long atMs) {
    closedAtMs = atMs;
  }

  void changed() {
    dirty = true;
  }

  /** Counts a summary as sent. */
  public void publish() {
    published++;
    dirty = false;
  }

  /** Whether the verdict changed since the last summary was sent. */
  public boolean unpublished() {
    return dirty;
  }

  /** Sets what inserting the facts again has disturbed. */
  public void restore(int publishedSummaries, boolean unpublishedChange) {
    published = publishedSummaries;
    dirty = unpublishedChange;
  }

  public int duplicates() {
    return duplicates;
  }

  public int conflicts() {
    return conflicts;
  }

  public boolean truncated() {
    return truncated;
  }

  /** When the run was closed without a root, milliseconds since the epoch, or null. */
  public Long closedAtMs() {
    return closedAtMs;
  }

  public int published() {
    return published;
  }
}

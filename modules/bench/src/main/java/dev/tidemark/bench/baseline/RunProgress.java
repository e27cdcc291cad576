package dev.tidemark.bench.baseline;

import dev.tidemark.bench.baseline.RunState.Insert;

/** What a run remembers beside its facts. Mutable. */
final class RunProgress {
  private int duplicates;
  private int conflicts;
  private boolean truncated;
  private boolean dirty = true;

  Insert duplicate(boolean same) {
    duplicates++;
    conflicts += same ? 0 : 1;
    return same ? Insert.DUPLICATE : Insert.CONFLICT;
  }

  void truncate() {
    truncated = true;
  }

  void changed() {
    dirty = true;
  }

  @Override
  public String toString() {
    return duplicates + " duplicates, " + conflicts + " conflicts, " + truncated + ", " + dirty;
  }
}

package dev.tidemark.core.audit;

import dev.tidemark.records.AuditEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows one chain entry by entry and finds where it is broken; goes on behind a break, so that
 * all of them are found. The first entry is believed: who kept the hash of the entry before it
 * compares. Entries cut off at the end leave no trace in a chain; who kept the last hash compares.
 * Not thread-safe.
 */
public final class ChainCheck {
  private static final int MOST = 1_000;

  /** What happened to a chain. */
  public enum Kind {
    /** An entry does not have the hash of its content. */
    CHANGED,
    /** An entry is not the one that its successor followed. */
    REPLACED,
    /** Entries are missing. */
    REMOVED,
    /** An entry stands behind a later one, or twice. */
    REORDERED,
    /** An entry of another chain. */
    MISPLACED
  }

  /**
   * One place where the chain is broken.
   *
   * @param sequence the entry, or the first one that is missing
   * @param what in words, as the end of a sentence that begins with the place
   */
  public record Break(Kind kind, long sequence, String what) {}

  private final int chain;
  private final boolean fromTheStart;
  private final List<Break> breaks = new ArrayList<>();
  private long entries;
  private long broken;
  private long first = -1;
  private long erasedRuns;
  private AuditEntry last;

  /**
   * @param chain partition that is read
   * @param fromTheStart nothing before what is read was ever forgotten: it has to begin at 0
   */
  public ChainCheck(int chain, boolean fromTheStart) {
    this.chain = chain;
    this.fromTheStart = fromTheStart;
  }

  /** The next entry as it stands in the log. */
  public void next(AuditEntry entry) {
    entries++;
    erasedRuns += entry.getErasedRuns() == null ? 0 : entry.getErasedRuns();
    if (entry.getChain() != chain) {
      add(Kind.MISPLACED, entry.getSequence(), "belongs to chain " + entry.getChain());
      return;
    }
    if (!AuditChain.hash(entry).equals(entry.getHash())) {
      add(Kind.CHANGED, entry.getSequence(), "was changed: its hash does not fit its content");
    }
    if (last == null) {
      begin(entry);
    } else if (!follow(entry)) {
      return;
    }
    last = entry;
  }

  private void begin(AuditEntry entry) {
    first = entry.getSequence();
    if (!fromTheStart) {
      return;
    }
    if (first > 0) {
      missing(0, first);
    } else if (!entry.getPreviousHash().equals(AuditChain.NOTHING)) {
      add(Kind.CHANGED, 0, "was changed: it begins the chain and names one before it");
    }
  }

  private boolean follow(AuditEntry entry) {
    long expected = last.getSequence() + 1;
    long sequence = entry.getSequence();
    if (sequence < expected) {
      add(Kind.REORDERED, sequence, "stands behind entry " + last.getSequence());
      return false;
    }
    if (sequence > expected) {
      missing(expected, sequence);
    } else if (!entry.getPreviousHash().equals(last.getHash())) {
      add(
          Kind.REPLACED,
          last.getSequence(),
          "is not the one that entry " + sequence + " was linked to");
    }
    return true;
  }

  private void missing(long from, long to) {
    long count = to - from;
    add(
        Kind.REMOVED,
        from,
        count == 1 ? "is missing" : "and " + (count - 1) + " behind it are missing");
  }

  private void add(Kind kind, long sequence, String what) {
    broken++;
    if (breaks.size() < MOST) {
      breaks.add(new Break(kind, sequence, what));
    }
  }

  /** Entries read. */
  public long entries() {
    return entries;
  }

  /** Runs that were erased, as the entries tell it. */
  public long erasedRuns() {
    return erasedRuns;
  }

  /** Sequence of the first entry; -1 when there was none. */
  public long first() {
    return first;
  }

  /** The last entry of the chain; null when there was none. */
  public AuditEntry last() {
    return last;
  }

  /** Number of places where the chain is broken. */
  public long broken() {
    return broken;
  }

  /** The first thousand of them, in the order of the log. */
  public List<Break> breaks() {
    return List.copyOf(breaks);
  }
}

package dev.tidemark.capture;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many characters of content may wait in the queue: records of metadata are small and counted
 * by number, words are not. Thread-safe.
 */
final class ContentRoom {
  /** About 32 MB of heap at most. */
  private static final long MOST_CHARS = 16_000_000;

  private final AtomicLong waiting = new AtomicLong();

  /** Whether there is room for the parcel, which it takes then. */
  boolean enter(Parcel parcel) {
    long size = size(parcel);
    if (size == 0) {
      return true;
    }
    if (waiting.addAndGet(size) > MOST_CHARS) {
      waiting.addAndGet(-size);
      return false;
    }
    return true;
  }

  void left(Parcel parcel) {
    waiting.addAndGet(-size(parcel));
  }

  private static long size(Parcel parcel) {
    boolean words = parcel instanceof Parcel.OfContent;
    String text = words ? ((Parcel.OfContent) parcel).content().getText() : null;
    return text == null ? 0 : text.length();
  }
}

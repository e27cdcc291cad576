package dev.tidemark.bench.windows.flink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** How many records the sources of this process have read; one writer per counter. */
final class ReadCount {
  private static final List<AtomicLong> ALL = new CopyOnWriteArrayList<>();
  private final AtomicLong shown = new AtomicLong();
  private long count;

  ReadCount() {
    ALL.add(shown);
  }

  void one() {
    shown.lazySet(++count);
  }

  static long total() {
    return ALL.stream().mapToLong(AtomicLong::get).sum();
  }
}

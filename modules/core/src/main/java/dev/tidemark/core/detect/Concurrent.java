package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the versions of a subject counted in the newest window, until a later one comes: then all of
 * them have told, and those alive in it at the same time are compared.
 */
final class Concurrent {
  private static final int FORMAT = 1;
  private long startMs;
  private long endMs = -1;
  private final List<Entry> entries = new ArrayList<>();

  /** Counts of one version. */
  record Entry(SeriesKey key, long startMs, long endMs, Map<SignalId, SignalCounts> counts) {
    Slice slice(SignalCounts c) {
      return new Slice(startMs, startMs, endMs, c.n(), c.x());
    }

    private static int compare(SignalId a, SignalId b) {
      return a.signal().compareTo(b.signal());
    }
  }

  /** Versions that counted anything in the newest window, in order of coming. */
  List<Entry> entries() {
    return entries;
  }

  Optional<Entry> of(SeriesKey key) {
    return entries.stream().filter(e -> e.key().equals(key)).findFirst();
  }

  long endMs() {
    return endMs;
  }

  /** Adds a window; a later one replaces what was before. */
  void add(WindowRecord window) {
    if (window.getWindowEndMs() != endMs) {
      entries.clear();
      startMs = window.getWindowStartMs();
      endMs = window.getWindowEndMs();
    }
    TreeMap<SignalId, SignalCounts> counts = new TreeMap<>(Entry::compare);
    for (Signal signal : Watched.of(window.getSeries().getSubjectKind()).keySet()) {
      if (SignalId.kind(signal) == SignalId.Kind.RATE && !Watched.family(signal)) {
        SignalCounts c = SignalCounts.of(window, signal);
        if (c.n() > 0 && c.x() >= 0 && c.x() <= c.n()) {
          counts.put(SignalId.of(signal), c);
        }
      }
    }
    entries.removeIf(e -> e.key().equals(window.getSeries()));
    entries.add(new Entry(window.getSeries(), startMs, endMs, counts));
  }

  void clear() {
    entries.clear();
    endMs = -1;
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT).whole(startMs).whole(endMs);
    out.whole(entries.size());
    for (Entry entry : entries) {
      SeriesKeys.write(out, entry.key());
      out.whole(entry.counts().size());
      entry.counts().forEach((id, c) -> out.text(id.signal().name()).whole(c.n()).whole(c.x()));
    }
    return out.toBytes();
  }

  static Concurrent of(byte[] bytes) {
    Concurrent concurrent = new Concurrent();
    if (bytes == null) {
      return concurrent;
    }
    StateReader in = StateReader.of(bytes, FORMAT);
    concurrent.startMs = in.whole();
    concurrent.endMs = in.whole();
    for (int left = in.count(); left > 0; left--) {
      SeriesKey key = SeriesKeys.read(in);
      TreeMap<SignalId, SignalCounts> counts = new TreeMap<>(Entry::compare);
      for (int signals = in.count(); signals > 0; signals--) {
        SignalId id = SignalId.of(Signal.valueOf(in.text()));
        counts.put(id, new SignalCounts(in.whole(), in.whole(), 0, 0, 0, 0));
      }
      concurrent.entries.add(new Entry(key, concurrent.startMs, concurrent.endMs, counts));
    }
    return concurrent;
  }
}

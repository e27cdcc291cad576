package dev.tidemark.streams.observe;

import dev.tidemark.core.run.Windows;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Partial windows of one source partition since they were last sent. A window is sent once, when
 * the partition's watermark has passed its end; contributions of records that arrived later than
 * end + lateness are corrections and travel apart, so that the window as closed does not depend on
 * how far another partition had been read.
 */
final class PartialWindows implements Windows {
  /** A partial on its way: signed sums, and whether it corrects a window that may have closed. */
  record Sent(WindowRecord window, boolean correction) {}

  private record Key(Series series, long startMs, boolean correction) {}

  private static final class Partial {
    private final WindowTotals totals = new WindowTotals();
    private long lastCause = -1;
  }

  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::startMs)
          .thenComparing(Key::series)
          .thenComparing(Key::correction);

  private final long windowMs;
  private final long latenessMs;
  private final int seriesCap;
  private final Map<Key, Partial> partials = new HashMap<>();
  private final Map<String, Set<Series>> seriesByTenant = new HashMap<>();
  private long sentUpTo = Long.MIN_VALUE;
  private boolean sentBefore;
  private long cause;
  private long overflowed;

  PartialWindows(ObserveConfig config) {
    this.windowMs = config.window().toMillis();
    this.latenessMs = config.lateness().toMillis();
    this.seriesCap = config.seriesCap();
  }

  /** Windows that end at or before {@code watermark} were sent already. */
  void resumeAt(long watermark) {
    sentUpTo = watermark;
  }

  /** While true, contributions to windows that were sent already are not sent again. */
  void replayingSent(boolean value) {
    sentBefore = value;
  }

  /** Starts the contributions of the next record. */
  void nextRecord() {
    cause++;
  }

  @Override
  public WindowTotals at(Series series, long eventMs, long arrivalMs) {
    long start = Math.floorDiv(eventMs, windowMs) * windowMs;
    long end = start + windowMs;
    if (sentBefore && end <= sentUpTo) {
      return new WindowTotals();
    }
    boolean correction = arrivalMs > end + latenessMs;
    Partial partial =
        partials.computeIfAbsent(new Key(capped(series), start, correction), k -> new Partial());
    if (correction && partial.lastCause != cause) {
      partial.lastCause = cause;
      partial.totals.addCompleteness(0, 0, 1);
    }
    return partial.totals;
  }

  /** Takes out what can be sent at {@code watermark}: complete partials and all corrections. */
  List<Sent> take(long watermark) {
    List<Key> due = new ArrayList<>();
    for (Key key : partials.keySet()) {
      if (key.correction() || key.startMs() + windowMs <= watermark) {
        due.add(key);
      }
    }
    due.sort(ORDER);
    List<Sent> sent = new ArrayList<>(due.size());
    for (Key key : due) {
      WindowTotals totals = partials.remove(key).totals;
      sent.add(
          new Sent(
              totals.toRecord(key.series(), key.startMs(), key.startMs() + windowMs),
              key.correction()));
    }
    sentUpTo = Math.max(sentUpTo, watermark);
    return sent;
  }

  /** Contributions that went to an overflow series since this was last asked. */
  long takeOverflowed() {
    long count = overflowed;
    overflowed = 0;
    return count;
  }

  private Series capped(Series series) {
    Set<Series> known = seriesByTenant.computeIfAbsent(series.tenant(), t -> new HashSet<>());
    if (known.contains(series) || series.kind() == SubjectKind.FLEET) {
      return series;
    }
    if (known.size() < seriesCap) {
      known.add(series);
      return series;
    }
    overflowed++;
    return series.overflow();
  }
}

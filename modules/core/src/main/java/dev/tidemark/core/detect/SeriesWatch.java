package dev.tidemark.core.detect;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/** Everything detection remembers about one series. */
final class SeriesWatch {
  private static final int FORMAT = 1;
  private final SeriesKey key;
  private final long index;
  private SeriesKey baseline;
  private List<Exemplar> baselineExemplars = List.of();
  private ExemplarMemory exemplars = new ExemplarMemory();
  private final List<SignalWatch> signals = new ArrayList<>();
  private long lastEndMs = -1;
  private long lateDropped;
  private long revisedWindowMs = -1;
  private long revisedCorrections;

  /**
   * Begins to watch a series.
   *
   * @param index how many series of the partition were there before: decides the budget share
   */
  SeriesWatch(SeriesKey key, long index) {
    this.key = key;
    this.index = index;
    SignalCounts.watched(key.getSubjectKind()).forEach(s -> signals.add(new SignalWatch(s)));
  }

  SeriesKey key() {
    return key;
  }

  /** The version it is compared with; null when it was the first of its subject. */
  SeriesKey baseline() {
    return baseline;
  }

  List<Exemplar> baselineExemplars() {
    return baselineExemplars;
  }

  ExemplarMemory exemplars() {
    return exemplars;
  }

  long lateDropped() {
    return lateDropped;
  }

  long lastEndMs() {
    return lastEndMs;
  }

  boolean open() {
    return signals.stream().anyMatch(SignalWatch::open);
  }

  /** Freezes another version's past as what this one is compared with. */
  void compareWith(SeriesWatch previous) {
    baseline = previous.key;
    baselineExemplars = previous.exemplars.goodBefore(Long.MAX_VALUE);
    for (int i = 0; i < signals.size(); i++) {
      signals.get(i).compareWith(previous.signals.get(i));
    }
  }

  /** A revision never touches a detector; how much came too late is remembered. */
  void revise(WindowRecord window) {
    boolean again = window.getWindowStartMs() == revisedWindowMs;
    long known = again ? revisedCorrections : 0;
    lateDropped += Math.max(0, window.getCorrected() - known);
    revisedWindowMs = window.getWindowStartMs();
    revisedCorrections = window.getCorrected();
  }

  List<Verdict> observe(WindowRecord window, DetectorSettings settings) {
    lastEndMs = window.getWindowEndMs();
    exemplars.add(window, lastEndMs);
    List<Verdict> verdicts = new ArrayList<>();
    for (SignalWatch watch : signals) {
      verdicts.addAll(
          watch.observe(
              SignalCounts.of(window, watch.signal()),
              window.getWindowStartMs(),
              window.getWindowEndMs(),
              index,
              key.getSubjectKind(),
              settings));
    }
    return verdicts;
  }

  List<Verdict> close(CloseReason reason, long endMs) {
    List<Verdict> verdicts = new ArrayList<>();
    signals.forEach(watch -> verdicts.addAll(watch.close(reason, endMs)));
    return verdicts;
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT);
    SeriesKeys.write(out, key);
    out.whole(index).flag(baseline != null);
    if (baseline != null) {
      SeriesKeys.write(out, baseline);
    }
    ExemplarMemory.write(out, baselineExemplars);
    exemplars.write(out);
    signals.forEach(watch -> watch.write(out));
    out.whole(lastEndMs).whole(lateDropped).whole(revisedWindowMs).whole(revisedCorrections);
    return out.toBytes();
  }

  static SeriesWatch of(byte[] bytes) {
    StateReader in = StateReader.of(bytes, FORMAT);
    SeriesWatch watch = new SeriesWatch(SeriesKeys.read(in), in.whole());
    watch.baseline = in.flag() ? SeriesKeys.read(in) : null;
    watch.baselineExemplars = ExemplarMemory.readList(in);
    watch.exemplars = ExemplarMemory.read(in);
    watch.signals.replaceAll(fresh -> SignalWatch.read(fresh.signal(), in));
    watch.lastEndMs = in.whole();
    watch.lateDropped = in.whole();
    watch.revisedWindowMs = in.whole();
    watch.revisedCorrections = in.whole();
    return watch;
  }
}

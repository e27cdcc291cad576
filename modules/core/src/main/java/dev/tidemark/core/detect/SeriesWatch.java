package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SignalWatch.Purse;
import dev.tidemark.records.AlertDecision;
import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything detection remembers about one series. Each signal that ever told something has a state
 * of its own, read and written only when a window concerns it.
 */
final class SeriesWatch {
  private static final int FORMAT = 3;
  private final SeriesKey key;
  private final long index;
  private final DetectorStates states;
  private SeriesKey baseline;
  private List<Exemplar> baselineExemplars = List.of();
  private ExemplarMemory exemplars = new ExemplarMemory();
  private final List<SignalId> signals = new ArrayList<>();
  private final List<SignalId> open = new ArrayList<>();
  private final List<AlertDecision> pending = new ArrayList<>();
  private long lastEndMs = -1;
  private long windowMs;
  private long lateDropped;
  private long revisedWindowMs = -1;
  private long revisedCorrections;

  /** What a window or a decision decided about one signal. */
  record Told(SignalWatch watch, Verdict verdict) {}

  /**
   * Begins to watch a series.
   *
   * @param index how many series of the partition were there before: decides the budget share
   */
  SeriesWatch(SeriesKey key, long index, DetectorStates states) {
    this.key = key;
    this.index = index;
    this.states = states;
  }

  static SeriesWatch load(SeriesKey key, DetectorStates states) {
    byte[] bytes = states.get(SeriesKeys.series(key));
    return bytes == null ? null : of(bytes, states);
  }

  void store() {
    states.put(SeriesKeys.series(key), toBytes());
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

  /** Length of its windows. */
  long windowMs() {
    return windowMs;
  }

  long lateDropped() {
    return lateDropped;
  }

  long lastEndMs() {
    return lastEndMs;
  }

  boolean open() {
    return !open.isEmpty();
  }

  /** Whether decisions wait for their time. */
  boolean decisionsWait() {
    return !pending.isEmpty();
  }

  Purse purse(DetectorSettings settings) {
    return new Purse(settings, index, key.getSubjectKind());
  }

  /** State of a signal; null when it never told anything. */
  SignalWatch signal(SignalId id) {
    byte[] bytes = states.get(SeriesKeys.signal(key, id));
    return bytes == null ? null : SignalWatch.of(id, bytes);
  }

  private void store(SignalWatch watch) {
    states.put(SeriesKeys.signal(key, watch.id()), watch.toBytes());
    if (!signals.contains(watch.id())) {
      signals.add(watch.id());
    }
    open.remove(watch.id());
    if (watch.open()) {
      open.add(watch.id());
    }
  }

  /** Another version's past is what this one is compared with, signal by signal as they come. */
  void compareWith(SeriesWatch previous) {
    baseline = previous.key;
    baselineExemplars = previous.exemplars.goodBefore(Long.MAX_VALUE);
  }

  /** A revision never touches a detector; how much came too late is remembered. */
  void revise(WindowRecord window) {
    boolean again = window.getWindowStartMs() == revisedWindowMs;
    long known = again ? revisedCorrections : 0;
    lateDropped += Math.max(0, window.getCorrected() - known);
    revisedWindowMs = window.getWindowStartMs();
    revisedCorrections = window.getCorrected();
  }

  List<Told> observe(WindowRecord window, DetectorSettings settings) {
    List<Told> told = new ArrayList<>();
    lastEndMs = window.getWindowEndMs();
    windowMs = lastEndMs - window.getWindowStartMs();
    exemplars.add(window, lastEndMs);
    for (SignalId id : concerned(window)) {
      SignalWatch watch = known(id);
      if (watch.concernedBy(window)) {
        for (Verdict verdict : watch.observe(window, purse(settings))) {
          told.add(new Told(watch, verdict));
        }
        store(watch);
      }
    }
    return told;
  }

  /** Signals that a window may tell something about, in a fixed order. */
  private List<SignalId> concerned(WindowRecord window) {
    List<SignalId> ids = new ArrayList<>();
    for (Signal signal : Watched.of(key.getSubjectKind()).keySet()) {
      if (!Watched.family(signal)) {
        ids.add(SignalId.of(signal));
        continue;
      }
      TreeMap<String, SignalId> members = new TreeMap<>();
      signals.stream()
          .filter(id -> id.signal() == signal)
          .forEach(id -> members.put(id.item(), id));
      for (String name : SignalCounts.members(window, signal)) {
        if (members.size() < Watched.MEMBERS || members.containsKey(name)) {
          members.put(name, new SignalId(signal, name));
        }
      }
      ids.addAll(members.values());
    }
    return ids;
  }

  private SignalWatch known(SignalId id) {
    SignalWatch watch = signal(id);
    if (watch != null) {
      return watch;
    }
    int member = (int) signals.stream().filter(s -> s.signal() == id.signal()).count();
    SignalWatch fresh = SignalWatch.begin(id, Watched.family(id.signal()) ? member : 0);
    if (baseline != null) {
      byte[] previous = states.get(SeriesKeys.signal(baseline, id));
      if (previous != null) {
        fresh.compareWith(SignalWatch.of(id, previous));
      }
    }
    return fresh;
  }

  /** Takes a window of this and of the version it is compared with, signal by signal. */
  List<Told> compare(Concurrent.Entry mine, Concurrent.Entry theirs, DetectorSettings settings) {
    List<Told> told = new ArrayList<>();
    mine.counts()
        .forEach(
            (id, counts) -> {
              SignalCounts other = theirs.counts().get(id);
              SignalWatch watch = other == null ? null : signal(id);
              if (watch instanceof RateWatch rate) {
                Slice slice = mine.slice(counts);
                rate.compare(slice, other, purse(settings))
                    .forEach(verdict -> told.add(new Told(rate, verdict)));
                store(rate);
              }
            });
    return told;
  }

  /** Event time has come to {@code timeMs} although no window of the series did. */
  List<Told> quiet(long timeMs, DetectorSettings settings) {
    List<Told> told = new ArrayList<>();
    SignalId id = SignalId.of(Signal.VOLUME);
    SignalWatch volume = signals.contains(id) ? signal(id) : null;
    if (volume != null) {
      volume.advance(timeMs, purse(settings)).forEach(v -> told.add(new Told(volume, v)));
      store(volume);
    }
    return told;
  }

  List<Told> close(CloseReason reason, long endMs) {
    List<Told> told = new ArrayList<>();
    for (SignalId id : List.copyOf(open)) {
      SignalWatch watch = signal(id);
      watch.close(reason, endMs).forEach(verdict -> told.add(new Told(watch, verdict)));
      store(watch);
    }
    return told;
  }

  /**
   * A decision takes effect with the first window that starts after it. Of several, the order of
   * their times and ids counts, not of their coming.
   */
  void await(AlertDecision decision) {
    pending.removeIf(known -> known.getDecisionId().equals(decision.getDecisionId()));
    pending.add(decision);
    pending.sort(
        Comparator.comparingLong(AlertDecision::getTimeMs)
            .thenComparing(AlertDecision::getDecisionId));
  }

  /** Applies the decisions whose time has come, each at its own time, behind what was due by it. */
  List<Told> decide(long timeMs, DetectorSettings settings) {
    List<Told> told = new ArrayList<>();
    for (AlertDecision decision : List.copyOf(pending)) {
      if (decision.getTimeMs() < timeMs) {
        pending.remove(decision);
        told.addAll(quiet(decision.getTimeMs(), settings));
        told.addAll(apply(decision, Math.max(lastEndMs, decision.getTimeMs())));
      }
    }
    return told;
  }

  /** Applies a decision about an open episode at a time. */
  private List<Told> apply(AlertDecision decision, long timeMs) {
    for (SignalId id : List.copyOf(open)) {
      String alert = AlertKeys.of(key, id.signal(), decision.getDirection(), id.item());
      SignalWatch watch = alert.equals(decision.getAlertKey()) ? signal(id) : null;
      if (watch != null && watch.about(alert, decision)) {
        List<Verdict> verdicts =
            switch (decision.getAction()) {
              case ACCEPT -> watch.accept(decision.getDirection(), timeMs);
              case NOTE -> watch.note(decision.getDirection(), timeMs);
              case UNKNOWN -> List.of();
            };
        store(watch);
        return verdicts.stream()
            .map(v -> v.said(decision.getNote(), decision.getActor()))
            .map(verdict -> new Told(watch, verdict))
            .toList();
      }
    }
    return List.of();
  }

  private byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT);
    SeriesKeys.write(out, key);
    out.whole(index).flag(baseline != null);
    if (baseline != null) {
      SeriesKeys.write(out, baseline);
    }
    ExemplarMemory.write(out, baselineExemplars);
    exemplars.write(out);
    SeriesKeys.writeSignals(out, signals);
    SeriesKeys.writeSignals(out, open);
    PendingDecisions.write(out, pending);
    out.whole(lastEndMs).whole(windowMs).whole(lateDropped);
    out.whole(revisedWindowMs).whole(revisedCorrections);
    return out.toBytes();
  }

  private static SeriesWatch of(byte[] bytes, DetectorStates states) {
    StateReader in = StateReader.of(bytes, FORMAT);
    SeriesWatch watch = new SeriesWatch(SeriesKeys.read(in), in.whole(), states);
    watch.baseline = in.flag() ? SeriesKeys.read(in) : null;
    watch.baselineExemplars = ExemplarMemory.readList(in);
    watch.exemplars = ExemplarMemory.read(in);
    watch.signals.addAll(SeriesKeys.readSignals(in));
    watch.open.addAll(SeriesKeys.readSignals(in));
    watch.pending.addAll(PendingDecisions.read(in));
    watch.lastEndMs = in.whole();
    watch.windowMs = in.whole();
    watch.lateDropped = in.whole();
    watch.revisedWindowMs = in.whole();
    watch.revisedCorrections = in.whole();
    return watch;
  }

  /** Something about every signal of the series, in a fixed order. */
  <T> List<T> each(Function<SignalWatch, T> what) {
    return signals.stream().map(id -> what.apply(signal(id))).toList();
  }
}

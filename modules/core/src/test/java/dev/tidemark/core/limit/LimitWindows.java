package dev.tidemark.core.limit;

import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.sketch.ExponentialSketch;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** One tool's windows of 15 s, played into a detector one after the other. */
final class LimitWindows implements DetectorStates {
  static final long MS = 15_000;
  static final long START = 1_700_000_100_000L / 86_400_000 * 86_400_000;
  static final SeriesKey SEARCH =
      new SeriesKey("t", "prod", SubjectKind.TOOL, "search", "teller", "v1", "unknown", "");

  final Map<String, byte[]> store = new TreeMap<>();
  final List<Finding> findings = new ArrayList<>();
  final LimitDetector detector;
  int at;

  LimitWindows(LimitDetector detector) {
    this.detector = detector;
  }

  static LimitWindows of(LimitRule rule) {
    return new LimitWindows(new LimitDetector(settings(List.of(rule), List.of())));
  }

  static LimitWindows of(SloRule rule) {
    return new LimitWindows(new LimitDetector(settings(List.of(), List.of(rule))));
  }

  static LimitSettings settings(List<LimitRule> limits, List<SloRule> slos) {
    return new LimitSettings(limits, slos, Duration.ofHours(6), Duration.ofMinutes(15));
  }

  static LimitRule rule(Reading reading, Direction direction, double threshold, int windows) {
    return new LimitRule(
        "the-rule",
        Scope.of(SubjectKind.TOOL, "search"),
        reading,
        direction,
        threshold,
        Duration.ofMillis(windows * MS),
        5,
        2,
        Severity.WARNING);
  }

  static LimitRule errorsAbove(double threshold, int windows) {
    return rule(Reading.rate(Signal.ERROR_RATE), Direction.UP, threshold, windows);
  }

  /** Time at which the next window starts. */
  long now() {
    return START + at * MS;
  }

  /** So many windows with these counts each. */
  LimitWindows play(int windows, long attempts, long errors) {
    WindowRecord window = window(now(), attempts, errors);
    for (int i = 0; i < windows; i++) {
      window.setWindowStartMs(now());
      window.setWindowEndMs(now() + MS);
      observe(window);
      at++;
    }
    return this;
  }

  /** So many windows with these durations each, in microseconds. */
  LimitWindows playDurations(int windows, long... micros) {
    for (int i = 0; i < windows; i++) {
      ExponentialSketch sketch = new ExponentialSketch();
      for (long value : micros) {
        sketch.add(value, 1);
      }
      WindowRecord window = window(now(), micros.length, 0);
      window.setLatency(sketch.toRecord());
      observe(window);
      at++;
    }
    return this;
  }

  /** So many windows in which nothing happens, told by ticks alone. */
  LimitWindows silence(int windows) {
    for (int i = 0; i < windows; i++) {
      at++;
      findings.addAll(detector.tick(now(), this));
    }
    return this;
  }

  void observe(WindowRecord window) {
    findings.addAll(detector.observe(window, this));
  }

  static WindowRecord window(long startMs, long attempts, long errors) {
    return WindowRecord.newBuilder()
        .setSeries(SEARCH)
        .setWindowStartMs(startMs)
        .setWindowEndMs(startMs + MS)
        .setAttempts(attempts)
        .setErrors(errors)
        .build();
  }

  List<String> actions() {
    return findings.stream()
        .map(
            f ->
                f.getAction()
                    + (f.getCloseReason().name().equals("NONE") ? "" : " " + f.getCloseReason()))
        .toList();
  }

  @Override
  public byte[] get(String key) {
    return store.get(key);
  }

  @Override
  public void each(String prefix, BiConsumer<String, byte[]> visitor) {
    Map.copyOf(store).keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .forEach(key -> visitor.accept(key, store.get(key)));
  }

  @Override
  public void put(String key, byte[] value) {
    store.put(key, value);
  }
}

package dev.tidemark.core.detect;

import dev.tidemark.core.detect.SubjectVersions.Version;
import dev.tidemark.records.SeriesKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the signals stand that one task watches: a look into its states, which may be written
 * meanwhile. Reading a series costs one look-up per signal of it; the list of series costs one scan
 * over the subjects.
 */
public final class SignalStates {
  private static final String TICK = "tick";
  private final DetectorStates states;
  private final DetectorSettings settings;
  private final List<Watch> series = new ArrayList<>();
  private final long nowMs;

  /**
   * A series that is watched.
   *
   * @param lastMs end of its last window, milliseconds since the epoch
   * @param open whether an episode of it is open
   */
  public record Watch(SeriesKey key, long lastMs, boolean open) {}

  /** Lists the series and looks at the time; what comes later is not seen. */
  public SignalStates(DetectorStates states, DetectorSettings settings) {
    this.states = states;
    this.settings = settings;
    states.each(
        SeriesKeys.SUBJECTS,
        (key, bytes) -> {
          for (Version version : SubjectVersions.of(bytes).all()) {
            series.add(new Watch(version.key(), version.lastMs(), version.open()));
          }
        });
    nowMs = series.stream().mapToLong(Watch::lastMs).reduce(lastTickMs(states), Math::max);
  }

  /** Notes that every window up to a time was told. */
  static void tick(long timeMs, DetectorStates states) {
    states.put(TICK, new StateWriter().whole(timeMs).toBytes());
  }

  /** The last tick; {@link Long#MIN_VALUE} before the first. */
  static long lastTickMs(DetectorStates states) {
    byte[] tick = states.get(TICK);
    return tick == null ? Long.MIN_VALUE : new StateReader(tick).whole();
  }

  /**
   * Event time of the task: its last tick or the end of its newest window; {@link Long#MIN_VALUE}
   * before the first.
   */
  public long nowMs() {
    return nowMs;
  }

  /** Every series that is watched. */
  public List<Watch> series() {
    return List.copyOf(series);
  }

  /** States of all signals of one series; none when nothing is known of it. */
  public List<SignalState> of(SeriesKey key) {
    SeriesWatch watch = SeriesWatch.load(key, states);
    return watch == null
        ? List.of()
        : watch.each(signal -> SignalState.of(watch, signal, settings).at(nowMs, settings));
  }
}

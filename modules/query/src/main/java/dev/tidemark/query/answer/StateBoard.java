package dev.tidemark.query.answer;

import dev.tidemark.core.detect.DetectorSettings;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.core.detect.SignalState;
import dev.tidemark.core.detect.SignalStates;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where the signals of all series stand, kept between questions: reading one series takes a look-up
 * per signal, ten thousand of them would take seconds. What was read counts for half a minute
 * unless an episode began or ended; one question reads for half a second at most and leaves the
 * rest to the next. Which series there are, what fires and what is silent is never old.
 * Thread-safe.
 */
public final class StateBoard {
  /** How long a look counts. */
  static final Duration KEPT = Duration.ofSeconds(30);

  /** How long one question may read. */
  static final Duration BUDGET = Duration.ofMillis(500);

  private final StateViews views;
  private final DetectorSettings settings;
  private final InstantSource clock;
  private final Map<SeriesKey, Look> looks = new HashMap<>();

  private record Look(SignalStates.Watch watch, long readAtMs, List<SignalState> states) {}

  /** A board over these views; the settings are those detect runs with. */
  public StateBoard(StateViews views, DetectorSettings settings, InstantSource clock) {
    this.views = views;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The states of some series.
   *
   * @param nowMs event time of the task that has come furthest; {@link Long#MIN_VALUE} before the
   *     first window
   * @param known every series that is watched here, accepted or not
   * @param pending series that were not read yet
   */
  record Board(
      Map<SeriesKey, List<SignalState>> series, Set<SeriesKey> known, long nowMs, int pending) {}

  /** States of the series that are accepted, as they were half a minute ago at most. */
  synchronized Board read(Predicate<SeriesKey> accepted) {
    return new Reading(accepted, KEPT, BUDGET).board();
  }

  /** States of the series that are accepted, as they are: for a few. */
  synchronized Board readNow(Predicate<SeriesKey> accepted) {
    return new Reading(accepted, Duration.ZERO, Duration.ofSeconds(5)).board();
  }

  /** One question. */
  private final class Reading {
    private final Predicate<SeriesKey> accepted;
    private final Duration kept;
    private final long untilNanos;
    private final Map<SeriesKey, List<SignalState>> shown = new HashMap<>();
    private final Set<SeriesKey> known = new HashSet<>();
    private long nowMs = Long.MIN_VALUE;
    private int pending;

    Reading(Predicate<SeriesKey> accepted, Duration kept, Duration budget) {
      this.accepted = accepted;
      this.kept = kept;
      this.untilNanos = System.nanoTime() + budget.toNanos();
    }

    Board board() {
      views.detectors(this::task);
      looks.keySet().retainAll(known);
      return new Board(shown, known, nowMs, pending);
    }

    private void task(DetectorStates task) {
      var states = new SignalStates(task, settings);
      nowMs = Math.max(nowMs, states.nowMs());
      for (SignalStates.Watch watch : states.series()) {
        known.add(watch.key());
        if (accepted.test(watch.key())) {
          show(watch, states);
        }
      }
    }

    private void show(SignalStates.Watch watch, SignalStates states) {
      Look look = looks.get(watch.key());
      if ((look == null || old(look, watch)) && System.nanoTime() < untilNanos) {
        look = new Look(watch, clock.millis(), states.of(watch.key()));
        looks.put(watch.key(), look);
      }
      if (look == null) {
        pending++;
        return;
      }
      var now = new ArrayList<SignalState>(look.states().size());
      look.states().forEach(state -> now.add(state.at(states.nowMs(), settings)));
      shown.put(watch.key(), now);
    }

    private boolean old(Look look, SignalStates.Watch watch) {
      if (kept.isZero() || look.watch().open() != watch.open()) {
        return true;
      }
      boolean moved = look.watch().lastMs() != watch.lastMs() || countsSilence(watch.key());
      return moved && clock.millis() - look.readAtMs() >= kept.toMillis();
    }

    /** The volume of agents and fleets is judged without windows too. */
    private boolean countsSilence(SeriesKey key) {
      SubjectKind kind = key.getSubjectKind();
      return kind == SubjectKind.AGENT || kind == SubjectKind.FLEET;
    }
  }
}

package dev.tidemark.app.demo;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Alert;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.Direction;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Holds alerts against expectations. Pure. */
final class Judge {
  /** Whether a drift can be told from chance with the calls there were. */
  interface Need {
    /** What the best of the drift's signals would need. */
    Findability of(Expectation drift);
  }

  private final Need need;

  Judge(Need need) {
    this.need = need;
  }

  /**
   * Judges a pair of versions.
   *
   * @param expectations what the data say; empty with {@code nothingMoved}
   * @param nothingMoved both versions are the same: every alert of statistics is wrong
   * @param alerts first state of every alert of the pair
   */
  Judgement judge(
      String pair,
      Collection<Expectation> expectations,
      boolean nothingMoved,
      Collection<Alert> alerts) {
    var judgement = new Judgement(pair);
    for (Expectation drift : expectations) {
      if (drift.kind() == Kind.DRIFT) {
        judge(drift, alerts, judgement);
      }
    }
    for (Alert alert : alerts) {
      if (isFact(alert)) {
        judgement.facts().add(alert);
      } else if (nothingMoved) {
        judgement.wrong().add(alert);
      } else {
        judge(alert, expectations, judgement);
      }
    }
    return judgement;
  }

  private void judge(Expectation drift, Collection<Alert> alerts, Judgement judgement) {
    if (drift.sign().signals().isEmpty()) {
      judgement.notWatched().add(drift);
      return;
    }
    Optional<Alert> told =
        alerts.stream().filter(alert -> !isFact(alert) && tells(alert, drift)).findFirst();
    Findability findability = need.of(drift);
    if (told.isPresent()) {
      judgement.found().put(drift, told.get());
    } else if (!findability.findable()) {
      judgement.notFindable().put(drift, findability);
    } else {
      judgement.missed().put(drift, findability);
    }
  }

  private static void judge(
      Alert alert, Collection<Expectation> expectations, Judgement judgement) {
    if (expectations.stream().anyMatch(said -> said.kind() == Kind.DRIFT && tells(alert, said))) {
      return;
    }
    // Of fail_rate and denied_rate, which a denial may both concern, the narrower word counts.
    Optional<Expectation> word =
        expectations.stream()
            .filter(said -> said.sign().isShownBy(alert))
            .min(Comparator.comparingInt(said -> said.sign().signals().size()));
    if (word.isEmpty()) {
      judgement.unsaid().add(alert);
    } else if (word.get().kind() == Kind.SAME) {
      judgement.wrong().add(alert);
    } else {
      judgement.unclear().add(alert);
    }
  }

  /** A limit that was passed or a thing first seen: no statistics, nothing to be wrong about. */
  private static boolean isFact(Alert alert) {
    return !alert.getModes().isEmpty()
        && alert.getModes().stream().allMatch(mode -> mode == DetectionMode.LIMIT);
  }

  private static boolean tells(Alert alert, Expectation drift) {
    return drift.sign().isShownBy(alert)
        && direction(drift).map(d -> d == alert.getDirection()).orElse(true);
  }

  private static Optional<Direction> direction(Expectation drift) {
    return Double.isNaN(drift.before()) || Double.isNaN(drift.after())
        ? Optional.empty()
        : Optional.of(drift.after() > drift.before() ? Direction.UP : Direction.DOWN);
  }
}

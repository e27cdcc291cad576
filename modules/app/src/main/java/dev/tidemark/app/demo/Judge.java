package dev.tidemark.app.demo;

import dev.tidemark.app.demo.Expectation.Kind;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.Alert;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds alerts against expectations. Pure. */
final class Judge {
  /** Whether a drift can be told from chance with the calls there were. */
  interface Need {
    /** What the best of the drift's signals would need. */
    Findability of(Expectation drift);
  }

  private static final Set<SubjectKind> WHOLE = Set.of(SubjectKind.AGENT, SubjectKind.FLEET);
  private final Set<Signal> watched;
  private final Need need;

  /**
   * @param watched signals that detectors watch
   */
  Judge(Set<Signal> watched, Need need) {
    this.watched = Set.copyOf(watched);
    this.need = need;
  }

  /**
   * Judges a pair of versions.
   *
   * @param expectations what the data say; empty with {@code nothingMoved}
   * @param nothingMoved both versions are the same: every alert is wrong
   * @param alerts first state of every alert of the pair
   */
  Judgement judge(
      String pair,
      Collection<Expectation> expectations,
      boolean nothingMoved,
      Collection<Alert> alerts) {
    var found = new LinkedHashMap<Expectation, Alert>();
    var notFindable = new LinkedHashMap<Expectation, Findability>();
    var missed = new LinkedHashMap<Expectation, Findability>();
    var notWatched = new ArrayList<Expectation>();
    for (Expectation drift : expectations) {
      if (drift.kind() != Kind.DRIFT) {
        continue;
      }
      if (drift.signals().stream().noneMatch(watched::contains)) {
        notWatched.add(drift);
        continue;
      }
      Optional<Alert> told = alerts.stream().filter(alert -> tells(alert, drift)).findFirst();
      Findability findability = need.of(drift);
      if (told.isPresent()) {
        found.put(drift, told.get());
      } else if (!findability.findable()) {
        notFindable.put(drift, findability);
      } else {
        missed.put(drift, findability);
      }
    }
    var wrong = new ArrayList<Alert>();
    var notJudged = new ArrayList<Alert>();
    for (Alert alert : alerts) {
      if (nothingMoved || expectations.stream().anyMatch(said -> contradicts(alert, said))) {
        wrong.add(alert);
      } else if (expectations.stream().noneMatch(said -> isTold(alert, said))) {
        notJudged.add(alert);
      }
    }
    return new Judgement(
        pair,
        found,
        notFindable,
        missed,
        List.copyOf(wrong),
        List.copyOf(notJudged),
        List.copyOf(notWatched));
  }

  private static boolean isTold(Alert alert, Expectation said) {
    return said.kind() == Kind.DRIFT && tells(alert, said);
  }

  private static boolean tells(Alert alert, Expectation drift) {
    return about(alert, drift) && direction(drift).map(d -> d == alert.getDirection()).orElse(true);
  }

  /** The alert says it moved, the data say it did not. */
  private static boolean contradicts(Alert alert, Expectation said) {
    return said.kind() == Kind.SAME && about(alert, said);
  }

  private static boolean about(Alert alert, Expectation said) {
    boolean subject =
        said.tool().equals("*")
            ? WHOLE.contains(alert.getSeries().getSubjectKind())
            : alert.getSeries().getSubjectKind() == SubjectKind.TOOL
                && alert.getSeries().getSubjectName().equals(said.tool());
    return subject && said.signals().contains(alert.getSignal());
  }

  private static Optional<Direction> direction(Expectation drift) {
    return Double.isNaN(drift.before()) || Double.isNaN(drift.after())
        ? Optional.empty()
        : Optional.of(drift.after() > drift.before() ? Direction.UP : Direction.DOWN);
  }
}

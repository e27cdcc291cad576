package dev.tidemark.app.demo;

import dev.tidemark.core.detect.BudgetPlan;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whether a drift can be found, judged from the windows that were closed: the counts the detector
 * itself had. The needed number of calls is that of a steady rate; real calls come in bursts, and
 * the detector may not look back, so a quarter more is asked for before a miss counts as a miss.
 */
final class FindableDrift implements Judge.Need {
  private static final double RESERVE = 1.25;
  private static final Findability NO_CALLS =
      new Findability(false, 0, 0, Findability.NEVER, Findability.NEVER);
  private final Pairing pairing;
  private final VersionTable table;
  private final BudgetPlan budget;

  FindableDrift(Pairing pairing, VersionTable table, BudgetPlan budget) {
    this.pairing = pairing;
    this.table = table;
    this.budget = budget;
  }

  @Override
  public Findability of(Expectation drift) {
    Optional<WindowRecord> before = total(drift, pairing.before());
    Optional<WindowRecord> after = total(drift, pairing.after());
    if (before.isEmpty() || after.isEmpty()) {
      return NO_CALLS;
    }
    SubjectKind kind = after.get().getSeries().getSubjectKind();
    double threshold = budget.frozenThreshold(kind);
    return drift.signals().stream()
        .map(signal -> Findability.of(before.get(), after.get(), signal, threshold))
        .max(Comparator.comparingDouble(Findability::evidence))
        .map(best -> withReserve(best, drift.trialsAfter()))
        .orElse(NO_CALLS);
  }

  /** The same with the reserve in the needed calls. */
  static Findability withReserve(Findability steady, long calls) {
    if (steady.neededCalls() == Findability.NEVER) {
      return steady;
    }
    long needed = (long) Math.ceil(RESERVE * steady.neededCalls());
    return new Findability(
        calls >= needed, steady.evidence(), steady.threshold(), needed, steady.neededBaseline());
  }

  private Optional<WindowRecord> total(Expectation drift, String version) {
    return table.series(pairing.environment()).stream()
        .filter(series -> series.getAgentVersion().equals(version))
        .filter(series -> isAbout(series, drift))
        .findFirst()
        .map(table::total);
  }

  private static boolean isAbout(SeriesKey series, Expectation drift) {
    return drift.tool().equals("*")
        ? series.getSubjectKind() == SubjectKind.AGENT
        : series.getSubjectKind() == SubjectKind.TOOL
            && series.getSubjectName().equals(drift.tool());
  }
}

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
 * itself had.
 */
final class FindableDrift implements Judge.Need {
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
        .orElse(NO_CALLS);
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

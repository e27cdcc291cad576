package dev.tidemark.app.demo;

import dev.tidemark.core.detect.BudgetPlan;
import dev.tidemark.core.detect.Findability;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a drift can be found, judged from the windows that were closed: the counts the detector
 * itself had. With just as much information as the threshold asks for, a detector finds a shift
 * about every second time; what counts as findable here is what counted when the method was
 * measured: information of at least 1.5 times the threshold.
 */
final class FindableDrift implements Judge.Need {
  private static final double RESERVE = 1.5;
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
    List<WindowRecord> before = windows(drift, pairing.before());
    List<WindowRecord> after = windows(drift, pairing.after());
    if (before.isEmpty() || after.isEmpty()) {
      return NO_CALLS;
    }
    SubjectKind kind = after.get(0).getSeries().getSubjectKind();
    String item = drift.sign().item() == null ? "" : drift.sign().item();
    return drift.sign().signals().stream()
        .map(
            signal ->
                inUnitsOf(
                    drift,
                    Findability.of(
                        before, after, signal, item, budget.frozenThreshold(kind, signal)),
                    Findability.trials(before, signal, item),
                    Findability.trials(after, signal, item)))
        .max(Comparator.comparingDouble(Findability::evidence))
        .map(best -> withReserve(best, drift.trialsAfter()))
        .orElse(NO_CALLS);
  }

  /** What is needed in the trials the data speak of, such as runs, instead of the detector's. */
  private static Findability inUnitsOf(
      Expectation drift, Findability found, long seenBefore, long seenAfter) {
    return new Findability(
        found.findable(),
        found.evidence(),
        found.threshold(),
        scaled(found.neededCalls(), drift.trialsAfter(), seenAfter),
        scaled(found.neededBaseline(), drift.trialsBefore(), seenBefore));
  }

  private static long scaled(long needed, long told, long seen) {
    return needed == Findability.NEVER || told == 0 || seen == 0
        ? needed
        : (long) Math.ceil((double) needed * told / seen);
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

  private List<WindowRecord> windows(Expectation drift, String version) {
    return table.series(pairing.environment()).stream()
        .filter(series -> series.getAgentVersion().equals(version))
        .filter(series -> series.getSubjectKind() != SubjectKind.FLEET && drift.sign().isOf(series))
        .findFirst()
        .map(table::windows)
        .orElse(List.of());
  }
}

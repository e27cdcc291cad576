package dev.tidemark.core.run;

import dev.tidemark.core.hash.Hash64;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the calls with which a run begins to loop: the same tool, arguments and actor so often, or
 * two or three such calls in turn so often among the calls of one actor. A call is found once, when
 * it completes the loop; what the loop does from there on is not. A function of the set of spans; a
 * call whose arguments are not known is like no other.
 */
public final class LoopFinder {
  private static final LoopKind[] IN_TURN = {LoopKind.PERIOD_OF_TWO, LoopKind.PERIOD_OF_THREE};

  private final RunState run;
  private final LoopLimits limits;
  private final List<RunLoop> found = new ArrayList<>(1);

  private LoopFinder(RunState run, LoopLimits limits) {
    this.run = run;
    this.limits = limits;
  }

  /** Loops that a span completes which was just taken in, or that it lets others complete. */
  public static List<RunLoop> by(SpanFact fact, RunState run, LoopLimits limits) {
    Linker linker = run.linker();
    if (!calls(fact) || linker.longestIdentical() < limits.least()) {
      return List.of();
    }
    if (run.spans().get(run.spans().size() - 1) != fact) {
      return in(run, limits);
    }
    if (linker.identical() < limits.least()) {
      return List.of();
    }
    LoopFinder finder = new LoopFinder(run, limits);
    finder.at(run.spans().size() - 1, linker.identical());
    return finder.found;
  }

  /** All loops of a run. */
  public static List<RunLoop> in(RunState run, LoopLimits limits) {
    if (run.linker().longestIdentical() < limits.least()) {
      return List.of();
    }
    LoopFinder finder = new LoopFinder(run, limits);
    Map<Long, Integer> times = new HashMap<>();
    for (int i = 0; i < run.spans().size(); i++) {
      SpanFact fact = run.spans().get(i);
      if (calls(fact)) {
        finder.at(i, times.merge(key(fact), 1, Integer::sum));
      }
    }
    return finder.found;
  }

  private static boolean calls(SpanFact fact) {
    return fact.isTool() && fact.attempt() && fact.argumentsHash != 0;
  }

  /** Tells identical calls of one actor from all others. */
  private static long key(SpanFact fact) {
    return Hash64.of(fact.argumentsHash, fact.target + Linker.lane(fact));
  }

  /**
   * @param i place of a call
   * @param times how often it was made up to here: a loop goes round no more often than that
   */
  private void at(int i, int times) {
    SpanFact last = run.spans().get(i);
    if (times == limits.identical()) {
      add(LoopKind.IDENTICAL, times, first(last), last);
    }
    for (LoopKind kind : IN_TURN) {
      if (times >= limits.of(kind)) {
        inTurn(kind, i, last);
      }
    }
  }

  private SpanFact first(SpanFact last) {
    long key = key(last);
    for (SpanFact fact : run.spans()) {
      if (calls(fact) && key(fact) == key) {
        return fact;
      }
    }
    return last;
  }

  private void inTurn(LoopKind kind, int i, SpanFact last) {
    int period = kind.period();
    int calls = period * limits.of(kind);
    List<SpanFact> backwards = sameActor(i, last, calls + 1);
    if (backwards.size() < calls) {
      return;
    }
    Set<Long> distinct = new HashSet<>();
    for (int k = 0; k < calls; k++) {
      SpanFact fact = backwards.get(k);
      if (fact.argumentsHash == 0 || (k >= period && !same(backwards, k, k - period))) {
        return;
      }
      distinct.add(key(fact));
    }
    boolean before = backwards.size() > calls && same(backwards, calls, calls - period);
    if (distinct.size() > 1 && !before) {
      add(kind, calls, backwards.get(calls - 1), last);
    }
  }

  private static boolean same(List<SpanFact> facts, int one, int other) {
    SpanFact fact = facts.get(one);
    return fact.argumentsHash != 0 && key(fact) == key(facts.get(other));
  }

  private List<SpanFact> sameActor(int i, SpanFact last, int most) {
    List<SpanFact> backwards = new ArrayList<>(most);
    for (int at = i; at >= 0 && backwards.size() < most; at--) {
      SpanFact fact = run.spans().get(at);
      if (fact.isTool() && fact.attempt() && Linker.lane(fact) == Linker.lane(last)) {
        backwards.add(fact);
      }
    }
    return backwards;
  }

  private void add(LoopKind kind, int calls, SpanFact first, SpanFact last) {
    RunLoop loop = new RunLoop(kind, last.scope, last.subject, calls, first.beginMs(), last.endMs);
    if (found.stream().noneMatch(loop::same)) {
      found.add(loop);
    }
  }
}

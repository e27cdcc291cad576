package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.MixtureProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * Shifts of one rate in one direction beside all methods. The oracle and the mixture of ours are
 * set to the same measured false alarms in the same history; the others are as they are.
 */
final class DelayTrial {
  static final String ORACLE = "oracle CUSUM, knows both rates, set to 10";
  static final String KNOWN = "Tidemark's mixture, rate known, set to 10";
  static final String LEARNED = "  the same budget, rate learned";
  static final String CAPPED = "  with the cap on a window, rate known, set to 10";
  static final String SHIPPED = "Tidemark, budget 10, holds back what may wander";

  /** Wanted false alarms per window. */
  static final double WANTED = CellTrial.NOMINAL;

  private static final double LEAST = 1e-8;
  private static final double MOST = 1e-2;
  private final Size size;
  private final List<Long> seeds;

  /**
   * How much is simulated.
   *
   * @param stretches of 20,000 windows for a calibration
   * @param checked of these, for methods that are only counted
   * @param slow of these, for methods that take every single call
   * @param runs of every shift
   * @param slowRuns of these, for methods that take every single call
   */
  record Size(int stretches, int checked, int slow, int runs, int slowRuns) {}

  DelayTrial(Size size, List<Long> seeds) {
    this.size = size;
    this.seeds = seeds;
  }

  /** All methods at all shifts; shifts share the rate before and the direction. */
  List<List<ShiftMethod.Outcome>> run(List<Shift> shifts) {
    double before = shifts.get(0).before();
    boolean up = shifts.get(0).up();
    long stream = Math.round(before * 1e4) * 2 + (up ? 1 : 0);
    History history =
        new History(before, size.stretches(), new Chance(seeds.get(0), 30_000_000L + stream));
    List<ShiftMethod> others = others(history, before, up);
    List<List<ShiftMethod.Outcome>> outcomes = new ArrayList<>();
    for (Shift shift : shifts) {
      List<ShiftMethod> methods = new ArrayList<>();
      methods.add(oracle(history, shift));
      methods.addAll(others);
      ShiftTrial trial = new ShiftTrial(shift, seeds);
      outcomes.add(methods.stream().map(method -> method.at(trial)).toList());
    }
    return outcomes;
  }

  private ShiftMethod oracle(History history, Shift shift) {
    DoubleFunction<Method> oracles =
        level -> new OracleCusum(shift.before(), shift.after(), -Math.log(level));
    double level = set(history, oracles);
    return counted(ORACLE, history, size.stretches(), () -> oracles.apply(level));
  }

  private List<ShiftMethod> others(History history, double before, boolean up) {
    DoubleFunction<Method> mixtures =
        gamma -> of(MixtureProbe.known(before, up, gamma, Cell.PER_WINDOW));
    DoubleFunction<Method> capped =
        gamma -> of(MixtureProbe.capped(before, up, gamma, Cell.PER_WINDOW));
    double gamma = set(history, mixtures);
    double gammaCapped = set(history, capped);
    List<ShiftMethod> methods = new ArrayList<>();
    methods.add(counted(KNOWN, history, size.stretches(), () -> mixtures.apply(gamma)));
    methods.add(
        counted(LEARNED, history, size.checked(), () -> of(MixtureProbe.learning(up, gamma))));
    methods.add(counted(CAPPED, history, size.stretches(), () -> capped.apply(gammaCapped)));
    methods.add(counted(SHIPPED, history, size.checked(), () -> new OursSettled(WANTED)));
    for (Contender contender : Contenders.moa()) {
      Supplier<Method> perCall =
          up ? contender.perSeries() : () -> new Complement(contender.perSeries().get());
      methods.add(
          ShiftMethod.counted(contender.label(), perCall, size.slowRuns(), history, size.slow()));
    }
    return methods;
  }

  private ShiftMethod counted(
      String label, History history, int stretches, Supplier<Method> methods) {
    return ShiftMethod.counted(label, methods, size.runs(), history, stretches);
  }

  private static Method of(MixtureProbe probe) {
    return window -> probe.observe(window.n, window.x);
  }

  private double set(History history, DoubleFunction<Method> methods) {
    long wanted = Math.round(history.stretches() * History.COUNTED * WANTED);
    return Calibration.find(
            LEAST,
            MOST,
            wanted,
            level -> history.alarms(() -> methods.apply(level), history.stretches()))
        .level();
  }
}

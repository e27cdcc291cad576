package dev.tidemark.bench.detection;

import dev.tidemark.core.detect.MixtureProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * Shifts of one rate in one direction beside all methods. The oracle and the mixture of ours are
 * set to the same measured false alarms in the same history; the others are as they are.
 */
final class DelayTrial {
  static final String ORACLE = "oracle CUSUM, knows both rates, set to 10";
  static final String KNOWN = "Tidemark's mixture, rate known, set to 10";
  static final String CAPPED = "  with the cap on a window, set to 10";
  static final String LEARNED = "  the rate learned, no cap, its budget as set above";
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
   * @param known for methods that know the rate and are calibrated
   * @param learning for methods that learn it
   * @param slow for methods that take every single call
   */
  record Size(ShiftMethod.Part known, ShiftMethod.Part learning, ShiftMethod.Part slow) {
    static Size of(
        int stretches, int runs, int learning, int learningRuns, int slow, int slowRuns) {
      return new Size(
          new ShiftMethod.Part(stretches, ShiftTrial.WARM_UP, runs),
          new ShiftMethod.Part(learning, ShiftTrial.BASELINE_WINDOWS, learningRuns),
          new ShiftMethod.Part(slow, ShiftTrial.BASELINE_WINDOWS, slowRuns));
    }
  }

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
        new History(
            before, size.known().stretches(), new Chance(seeds.get(0), 30_000_000L + stream));
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
    return ShiftMethod.counted(ORACLE, () -> oracles.apply(level), history, size.known());
  }

  private List<ShiftMethod> others(History history, double before, boolean up) {
    DoubleFunction<Method> mixtures =
        gamma -> of(MixtureProbe.known(before, up, gamma, Cell.PER_WINDOW));
    DoubleFunction<Method> capped =
        gamma -> of(MixtureProbe.capped(before, up, gamma, Cell.PER_WINDOW));
    double gamma = set(history, mixtures);
    double gammaCapped = set(history, capped);
    Map<String, Supplier<Method>> learning = new LinkedHashMap<>();
    learning.put(LEARNED, () -> of(MixtureProbe.learning(up, gamma)));
    learning.put(SHIPPED, () -> new OursSettled(WANTED));
    List<ShiftMethod> methods = new ArrayList<>();
    methods.add(ShiftMethod.counted(KNOWN, () -> mixtures.apply(gamma), history, size.known()));
    methods.add(
        ShiftMethod.counted(CAPPED, () -> capped.apply(gammaCapped), history, size.known()));
    learning.forEach(
        (label, method) ->
            methods.add(ShiftMethod.counted(label, method, history, size.learning())));
    for (Contender contender : Contenders.moa()) {
      Supplier<Method> perCall =
          up ? contender.perSeries() : () -> new Complement(contender.perSeries().get());
      methods.add(ShiftMethod.counted(contender.label(), perCall, history, size.slow()));
    }
    return methods;
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

package dev.tidemark.bench.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Ours and the rules of others, each over the same streams. */
final class Contenders {
  static final String MOA = "dev.tidemark.bench.detection.MoaContenders";

  /** Where the library is missing, the class above may still lie there from an earlier build. */
  private static final String LIBRARY =
      "moa.classifiers.core.driftdetection.AbstractChangeDetector";

  private Contenders() {}

  /**
   * Everybody that this build has.
   *
   * @param perDay false alarms per day that one series may give, ours only: others cannot be told
   */
  static List<Contender> all(double perDay) {
    List<Contender> all = new ArrayList<>();
    all.add(
        new Contender(Ours.NAME, "Tidemark, from the first call on", 1, () -> new Ours(perDay)));
    all.add(new Contender("sigma3", "p-chart, 3 sigma per minute, n >= 20", 1, SigmaChart::new));
    all.add(
        new Contender(
            "twice5m", "2x baseline over 5 min, n >= 20", 1, () -> new TimesBaseline(2, 5, 20)));
    all.add(
        new Contender(
            "twice1h", "2x baseline over 1 h, n >= 50", 1, () -> new TimesBaseline(2, 60, 50)));
    all.add(new Contender("hourlyZ", "hourly two-proportion z, p < 1e-5", 1, HourlyZ::new));
    all.add(new Contender("burnRate", "SRE burn rate 14.4x, 5 min and 1 h", 1, BurnRate::new));
    all.add(
        new Contender("rankJudge", "Kayenta-like rank judge, re-implemented", 20, RankJudge::new));
    for (Contender c : moa()) {
      all.add(
          new Contender(
              c.name(), c.label(), c.oneIn(), () -> new AfterBaseline(c.perSeries().get())));
    }
    return all;
  }

  /** Whether the build was made with the profile moa. */
  static boolean hasMoa() {
    return !moa().isEmpty();
  }

  /** ADWIN and Page-Hinkley, as they are from the first call on; nobody without the profile moa. */
  @SuppressWarnings("unchecked") // The class is ours, only compiled by a profile.
  static List<Contender> moa() {
    try {
      Class.forName(LIBRARY);
      Object made = Class.forName(MOA).getDeclaredConstructor().newInstance();
      return ((Supplier<List<Contender>>) made).get();
    } catch (ClassNotFoundException e) {
      return List.of();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(MOA + " cannot be made", e);
    }
  }
}

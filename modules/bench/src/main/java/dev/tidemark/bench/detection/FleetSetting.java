package dev.tidemark.bench.detection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What results of shards must share to be added up: the days, who takes part, and that everybody
 * still does the same with a fixed history. A detector that was changed begins anew.
 */
final class FleetSetting {
  private static final int SERIES = 3;
  private static final int DAYS = 10;
  private static final int FIRST = 1_000_003;

  private FleetSetting() {}

  /** Sixteen hexadecimal digits. */
  static String of(FleetPlan plan, List<Contender> contenders) {
    StringBuilder text = new StringBuilder();
    text.append(plan.days()).append(' ').append(plan.shiftOneIn()).append('\n');
    for (Contender contender : contenders) {
      text.append(contender.name()).append(' ').append(contender.oneIn()).append('\n');
    }
    for (Regime regime : Regime.values()) {
      for (int i = 0; i < SERIES; i++) {
        play(regime, FleetSeries.of(FIRST + i), contenders, text);
      }
    }
    return hash(text.toString());
  }

  private static void play(
      Regime regime, FleetSeries series, List<Contender> contenders, StringBuilder into) {
    List<Method> methods = contenders.stream().map(c -> c.perSeries().get()).toList();
    long changeMs = (DAYS - 1) * Counts.DAY_MS;
    CountStream stream =
        series.stream(regime.behaviour(series), new Chance(FIRST, series.index()), changeMs, 2);
    Counts window = new Counts();
    for (stream.next(window); window.startMs < DAYS * Counts.DAY_MS; stream.next(window)) {
      for (int m = 0; m < methods.size(); m++) {
        if (methods.get(m).observe(window)) {
          into.append(m).append('@').append(window.startMs).append('\n');
        }
      }
    }
    for (Method method : methods) {
      if (method instanceof Ours ours) {
        into.append(HexFormat.of().formatHex(ours.probe().state())).append('\n');
      }
    }
    into.append(window.startMs).append(' ').append(window.n).append('\n');
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256: use a complete Java 17", e);
    }
  }
}

package dev.tidemark.bench.detection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, for people and for machines. Mutable. */
final class Results {
  static final String FALSE_PER_DAY = "falseAlertsPerDay";
  static final List<String> KEYS =
      List.of(
          "worstFaPerMillion",
          "delayVsOracleMax",
          "delayVsBoundMedian",
          "delayVsBoundP90",
          "feasibleFound",
          "latencyDelayVsOracle",
          "costDelayCalls",
          "canaryFaPerMillion",
          "intervalCoverage",
          "changePointErrorMedian",
          "dimensionTop1",
          "bytesPerSeriesSignal",
          "nsPerUpdate",
          "recordedFalse",
          "recordedFeasibleFound",
          "recordedFeasible");

  private final Map<String, Double> falsePerDay = new LinkedHashMap<>();
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  /** Says something below the table's present part. */
  void say(String format, Object... values) {
    lines.add(Text.of(format, values));
  }

  void falsePerDay(Regime regime, double value) {
    falsePerDay.put(regime.key(), value);
  }

  void figure(String key, double value) {
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException(key + " is no figure of this benchmark");
    }
    figures.put(key, value);
  }

  /** A figure beside its target. */
  void target(String what, String target, double measured, boolean met) {
    say(
        "%-62s %-34s %12s  %s",
        what, target, Text.number(measured), Double.isNaN(measured) ? "" : met ? "met" : "MISSED");
  }

  /** The lines said since this was last asked. */
  List<String> takeLines() {
    List<String> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  /** One object; what was not measured is null. */
  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode regimes = json.putObject(FALSE_PER_DAY);
    for (Regime regime : Regime.values()) {
      put(regimes, regime.key(), falsePerDay.get(regime.key()));
    }
    KEYS.forEach(key -> put(json, key, figures.get(key)));
    return json.toString();
  }

  private static void put(ObjectNode node, String name, Double value) {
    if (value == null || value.isNaN() || value.isInfinite()) {
      node.putNull(name);
    } else {
      node.put(name, Math.round(value * 10_000) / 10_000.0);
    }
  }
}

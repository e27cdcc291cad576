package dev.tidemark.query;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.Signal;
import java.util.List;

/** One alert of each kind that is no plain rate, for the page. */
final class KindsOfAlerts {
  static final String LATENCY = "aa01";
  static final String USE = "aa02";
  static final String LIMIT = "aa03";
  static final String FACT = "aa04";

  /** What a page shows when it does not know a kind. */
  static final String[] NONSENSE = {"NaN", "undefined", ">null", "Infinity", "0 of 0"};

  private KindsOfAlerts() {}

  static InMemoryViews views() {
    var views = new InMemoryViews();
    views.window(Records.window(Records.tool("send", "v2", "2"), Records.T0, 10, 1));
    views.alert(
        alert(LATENCY, Signal.LATENCY)
            .setBeforeQuantity(latency(900, 400_000, 412_000, 380_000, 450_000))
            .setAfterQuantity(latency(26, 800_000, 822_000, 700_000, 950_000))
            .setRatio(2)
            .setDimensions(
                List.of(new DimensionShare("model", "gpt-4o@b2", 0.88, 0L, 30L, 26L, 19L)))
            .setDoubts(List.of("3 of 26 attempts since the change have no known duration (12 %)"))
            .build());
    views.alert(
        alert(USE, Signal.TOOL_USE)
            .setItem("send")
            .setBefore(rate(350, 150))
            .setAfter(rate(65, 5))
            .build());
    views.alert(limit(LIMIT, Signal.ERROR_RATE, "error rate above 5 % for 10 minutes").build());
    views.alert(
        limit(FACT, Signal.NEW_TOOL, "first seen after 511 attempts without it")
            .setItem("calculate")
            .setAlternative("")
            .setRatio(0)
            .build());
    return views;
  }

  /** So many runs that loop in one tool; the last one is the newest. */
  static InMemoryViews loops(int runs) {
    var views = new InMemoryViews();
    views.window(Records.window(Records.tool("send", "v2", "2"), Records.T0, 10, 1));
    for (int n = 1; n <= runs; n++) {
      views.alert(
          limit("loop-" + n, Signal.LIVE_LOOP, "5 identical calls in a run")
              .setItem(Records.trace(n))
              .setStartsAtMs(Records.T0 + n * 1_000L)
              .build());
    }
    return views;
  }

  private static Alert.Builder alert(String key, Signal signal) {
    return Alert.newBuilder(Records.alert(key, Records.tool("send", "v2", "2"), AlertStatus.FIRING))
        .setSignal(signal);
  }

  private static Alert.Builder limit(String key, Signal signal, String limit) {
    return alert(key, signal)
        .setModes(List.of(DetectionMode.LIMIT))
        .setBaseline(null)
        .setLimit(limit);
  }

  private static QuantityEvidence latency(
      long n, double p50, double mean, double low, double high) {
    return new QuantityEvidence("us", n, p50, 2 * p50, 3 * p50, mean, low, high, 0.95);
  }

  private static RateEvidence rate(long n, long x) {
    return new RateEvidence(n, x, (double) x / n, 0.0, 1.0, 0.95);
  }
}

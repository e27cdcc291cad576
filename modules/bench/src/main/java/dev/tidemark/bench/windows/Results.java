package dev.tidemark.bench.windows;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that was measured; what was not is null or missing. Not thread-safe. */
final class Results {
  static final String COMMON = "p4";
  final Map<String, Measured> byShape = new LinkedHashMap<>();
  final Map<String, Map<String, OutputCheck>> checks = new LinkedHashMap<>();
  Map<String, Double> oursLive = Map.of();
  Map<String, Double> naiveLive = Map.of();
  Double heapPerOpenRun;
  Double heapPerSpilledRun;
  RestoreProbe restore;

  /** CPU of one contestant over another's on the usual set, or null. */
  Double ratio(String above, String below) {
    return ratio(COMMON, above, below);
  }

  /** The same on a named set. */
  Double ratio(String shape, String above, String below) {
    Measured measured = byShape.get(shape);
    return measured == null ? null : measured.ratio(above, below);
  }

  /** What ours wrote on the usual set, or null. */
  OutputCheck oursOutput() {
    return checks.getOrDefault(COMMON, Map.of()).get(Contestants.OURS);
  }

  Double bytesPerWindow() {
    OutputCheck check = oursOutput();
    return check == null ? null : (Double) ((double) check.logBytes() / check.records());
  }

  Double rawBytesPerWindow() {
    OutputCheck check = oursOutput();
    return check == null ? null : (Double) ((double) check.bytes() / check.records());
  }
}

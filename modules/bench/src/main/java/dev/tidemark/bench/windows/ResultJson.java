package dev.tidemark.bench.windows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The figures as one line for machines; what was not measured is null. */
final class ResultJson {
  private ResultJson() {}

  static String of(Results r) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode cpu = json.putObject("cpuSecondsPerMillion");
    ObjectNode rate = json.putObject("spansPerSecond");
    fill(r, Results.COMMON, cpu, rate);
    put(json, "oursVsFloor", r.ratio("ours", "floor"));
    put(json, "naiveVsOurs", r.ratio("naive", "ours"));
    put(json, "flinkVsOurs", r.ratio("flinkLinked", "ours"));
    put(json, "p50Ms", r.oursLive.get("p50Ms"));
    put(json, "p99Ms", r.oursLive.get("p99Ms"));
    put(json, "naiveP99Ms", r.naiveLive.get("p99Ms"));
    put(json, "closeP99Ms", r.oursLive.get("closeP99Ms"));
    put(json, "bytesPerWindow", r.bytesPerWindow());
    put(json, "heapPerOpenRunBytes", r.heapPerOpenRun);
    boolean restored = r.restore != null;
    put(
        json,
        "restoreSecondsPerMillionWindows",
        restored ? (Double) r.restore.secondsPerMillion() : null);
    put(json, "threadsCpuRatio", r.ratio("ours2threads", "ours"));
    ObjectNode series = json.putObject("seriesVsFlink");
    for (Map.Entry<String, String> size : ManySeries.NAMES.entrySet()) {
      put(series, size.getKey(), r.ratio(size.getValue(), "oursNoLinking", "flinkWindows"));
    }
    put(json, "flinkWindowsVsOursNoLinking", r.ratio("flinkWindows", "oursNoLinking"));
    put(json, "flinkObjectsVsOursNoLinking", r.ratio("flinkObjects", "oursNoLinking"));
    put(json, "naiveP50Ms", r.naiveLive.get("p50Ms"));
    put(json, "closeP50Ms", r.oursLive.get("closeP50Ms"));
    put(json, "rawBytesPerWindow", r.rawBytesPerWindow());
    put(json, "heapPerSpilledRunBytes", r.heapPerSpilledRun);
    put(json, "restoreWipedSeconds", restored ? (Double) r.restore.wipedSeconds() : null);
    put(json, "restoreKeptSeconds", restored ? r.restore.keptSeconds() : null);
    put(json, "restoreWindows", restored ? (Double) r.restore.windows() : null);
    fill(r, "p16", json.putObject("cpuSecondsPerMillion16"), json.putObject("spansPerSecond16"));
    return json.toString();
  }

  private static void fill(Results r, String shape, ObjectNode cpu, ObjectNode rate) {
    Measured measured = r.byShape.get(shape);
    for (String contestant : Contestants.ALL) {
      boolean present = measured != null && measured.cpu(contestant) != null;
      put(cpu, contestant, present ? (Double) measured.cpu(contestant).median() : null);
      put(rate, contestant, present ? (Double) measured.rate(contestant).median() : null);
    }
  }

  private static void put(ObjectNode node, String name, Double value) {
    if (value == null || value.isNaN() || value.isInfinite()) {
      node.putNull(name);
    } else {
      node.put(name, Math.round(value * 1_000) / 1_000.0);
    }
  }
}

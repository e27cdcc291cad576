package dev.tidemark.streams.detect;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;

/** Windows of one tool: eighty of version v1 without a denial, then twenty of v2 behind a guard. */
public final class GuardedTool {
  /** Start of the first window. */
  public static final long START_MS = 1_700_000_010_000L;

  private static final long WINDOW_MS = 15_000;

  private GuardedTool() {}

  public static List<WindowRecord> windows() {
    List<WindowRecord> windows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      boolean guarded = i >= 80;
      windows.add(window(guarded ? "v2" : "v1", START_MS + i * WINDOW_MS, guarded ? 4 : 0));
    }
    return windows;
  }

  static WindowRecord window(String version, long startMs, long denied) {
    long n = 5;
    ClusterSums sums = new ClusterSums(n, n, 0L, 0L, 0L, 0L, denied, denied, 0L, 0L);
    return WindowRecord.newBuilder()
        .setSeries(series(version))
        .setWindowStartMs(startMs)
        .setWindowEndMs(startMs + WINDOW_MS)
        .setAttempts(n)
        .setOk(n - denied)
        .setDenied(denied)
        .setClusters(sums)
        .build();
  }

  public static SeriesKey series(String version) {
    return new SeriesKey(
        "default", "prod", SubjectKind.TOOL, "send", "teller", version, "unknown", "");
  }

  public static WindowKey key(WindowRecord window) {
    return new WindowKey(window.getSeries(), window.getWindowStartMs());
  }
}

package dev.tidemark.testkit.oracle;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import java.util.Map;

/**
 * What one window of one series has to be. Records carry no exemplars and no number of revisions.
 *
 * @param closed as closed, from what had arrived before its end plus the lateness; null when that
 *     was nothing
 * @param revised as everything that arrived makes it; null when nothing is left of it
 * @param closedExemplars of the window as closed: trace ids by category, in the order of choice
 * @param revisedExemplars the same of the window as revised
 */
public record OracleWindow(
    SeriesKey series,
    long startMs,
    WindowRecord closed,
    WindowRecord revised,
    Map<String, List<String>> closedExemplars,
    Map<String, List<String>> revisedExemplars) {

  /** Where it stands among windows: start, then the series in words. */
  public String key() {
    return key(startMs, series);
  }

  /** The key of the window of {@code series} that starts at {@code startMs}. */
  public static String key(long startMs, SeriesKey series) {
    return startMs + " " + series;
  }
}

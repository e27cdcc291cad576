package dev.tidemark.app.demo;

import dev.tidemark.app.Figures;
import java.util.Locale;

/** How far the playing is, as one line. */
final class ProgressBar {
  private static final int CELLS = 24;

  private ProgressBar() {}

  /**
   * One line such as {@code [######------] 50% 120 of 240 runs, 3,400 records/s}.
   *
   * @param recordsPerSecond records sent per second
   */
  static String line(String label, long done, long total, double recordsPerSecond) {
    int filled = total <= 0 ? CELLS : (int) Math.min(CELLS, CELLS * done / total);
    String rate =
        Double.isFinite(recordsPerSecond) ? Figures.count(Math.round(recordsPerSecond)) : "-";
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  %s of %s runs, %s records/s  %s",
        "#".repeat(filled),
        "-".repeat(CELLS - filled),
        total <= 0 ? 100 : Math.min(100, 100 * done / total),
        Figures.count(done),
        Figures.count(total),
        rate,
        label);
  }
}

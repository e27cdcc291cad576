package dev.tidemark.app.demo;

import dev.tidemark.app.Figures;
import dev.tidemark.app.Table;
import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.core.window.WindowMerge;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What every tool did under every version, from closed windows: the last revision of each window
 * counts. The line of the agent itself carries the cost, which is known per model call and not per
 * tool. Windows of models are kept and not shown. Thread-safe.
 */
final class VersionTable {
  private final Map<SeriesKey, TreeMap<Long, WindowRecord>> windows = new HashMap<>();
  private final Map<SeriesKey, WindowRecord> totals = new HashMap<>();
  private final Set<SeriesKey> changed = new HashSet<>();

  /** Takes a window or its revision. */
  synchronized void add(WindowKey key, WindowRecord window) {
    SeriesKey series = key.getSeries();
    SubjectKind kind = series.getSubjectKind();
    boolean shown = kind == SubjectKind.TOOL || kind == SubjectKind.AGENT;
    if (!shown && kind != SubjectKind.MODEL) {
      return;
    }
    windows
        .computeIfAbsent(series, unused -> new TreeMap<>())
        .merge(
            key.getWindowStartMs(),
            window,
            (old, next) -> next.getRevision() >= old.getRevision() ? next : old);
    if (shown) {
      changed.add(series);
    }
  }

  /** Closed windows of one series, oldest first. */
  synchronized List<WindowRecord> windows(SeriesKey series) {
    return List.copyOf(windows.getOrDefault(series, new TreeMap<>()).values());
  }

  /** Series of one environment. */
  synchronized List<SeriesKey> series(String environment) {
    return windows.keySet().stream()
        .filter(series -> series.getEnvironment().equals(environment))
        .toList();
  }

  /**
   * Lines of the table: the agent first, then the tools with the most attempts.
   *
   * @param environment rows of this environment only
   * @param subjects at most this many subjects
   */
  synchronized List<String> lines(String environment, int subjects) {
    refresh();
    var bySubject = new HashMap<String, List<WindowRecord>>();
    for (WindowRecord total : totals.values()) {
      if (total.getSeries().getEnvironment().equals(environment)) {
        bySubject.computeIfAbsent(subject(total), unused -> new ArrayList<>()).add(total);
      }
    }
    List<List<WindowRecord>> rows =
        bySubject.values().stream()
            .sorted(
                Comparator.comparing((List<WindowRecord> group) -> !isAgent(group.get(0)))
                    .thenComparing(group -> -attempts(group))
                    .thenComparing(group -> subject(group.get(0))))
            .limit(subjects)
            .toList();
    var table =
        Table.of(
            "TOOL",
            "VERSION",
            "OPERATIONS>",
            "ATTEMPTS>",
            "RETRY>",
            "ERROR>",
            "DENIED>",
            "P95>",
            "COST>");
    for (List<WindowRecord> group : rows) {
      group.sort(Comparator.comparingLong(WindowRecord::getWindowStartMs));
      String shown =
          isAgent(group.get(0)) ? "* all tools" : group.get(0).getSeries().getSubjectName();
      for (WindowRecord total : group) {
        table.row(
            shown,
            total.getSeries().getAgentVersion(),
            Figures.count(total.getOperations()),
            Figures.count(total.getAttempts()),
            Figures.percent(total.getRetries(), total.getAttempts()),
            Figures.percent(total.getErrors(), total.getAttempts()),
            Figures.percent(total.getDenied(), total.getAttempts()),
            total.getLatency() == null || Sketches.count(total.getLatency()) == 0
                ? "-"
                : Figures.micros(Sketches.quantile(total.getLatency(), 0.95)),
            Figures.money(total.getCostMicros(), total.getCostCurrency()));
        shown = "";
      }
    }
    return table.lines();
  }

  private static boolean isAgent(WindowRecord total) {
    return total.getSeries().getSubjectKind() == SubjectKind.AGENT;
  }

  private static String subject(WindowRecord total) {
    return total.getSeries().getSubjectKind() + " " + total.getSeries().getSubjectName();
  }

  private static long attempts(List<WindowRecord> group) {
    return group.stream().mapToLong(WindowRecord::getAttempts).sum();
  }

  private void refresh() {
    for (SeriesKey series : changed) {
      totals.put(series, WindowMerge.merge(series, windows.get(series).values()));
    }
    changed.clear();
  }
}

package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The series a run has attempts in; few in most runs. */
final class RunSeriesList {
  private static final int FEW = 16;

  private final List<RunSeries> all = new ArrayList<>(6);
  private Map<Series, RunSeries> bySeries;

  RunSeries of(SeriesNode node) {
    if (bySeries == null) {
      for (RunSeries series : all) {
        if (series.node == node) {
          return series;
        }
      }
    }
    RunSeries known = known(node.series());
    if (known != null) {
      known.node = node; // A series that fell silent has another node when it comes back.
      return known;
    }
    RunSeries fresh = new RunSeries(node);
    all.add(fresh);
    if (bySeries != null) {
      bySeries.put(node.series(), fresh);
    } else if (all.size() > FEW) {
      bySeries = new HashMap<>();
      all.forEach(series -> bySeries.put(series.node.series(), series));
    }
    return fresh;
  }

  private RunSeries known(Series series) {
    if (bySeries != null) {
      return bySeries.get(series);
    }
    int hash = series.hashCode();
    for (RunSeries held : all) {
      if (held.hash == hash && held.node.series().equals(series)) {
        return held;
      }
    }
    return null;
  }

  /** Starts counting anew, as it was and as it is. */
  void restart() {
    all.forEach(RunSeries::restart);
  }
}

package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The series a run has attempts in; few in most runs. */
final class RunSeriesList {
  private static final int FEW = 16;

  private final List<RunSeries> all = new ArrayList<>(6);
  private IdentityHashMap<SeriesNode, RunSeries> byNode;

  RunSeries of(SeriesNode node) {
    if (byNode != null) {
      return byNode.computeIfAbsent(node, this::added);
    }
    for (RunSeries series : all) {
      if (series.node == node) {
        return series;
      }
    }
    RunSeries fresh = added(node);
    if (all.size() > FEW) {
      byNode = new IdentityHashMap<>();
      all.forEach(series -> byNode.put(series.node, series));
    }
    return fresh;
  }

  void restart() {
    all.forEach(RunSeries::restart);
  }

  private RunSeries added(SeriesNode node) {
    RunSeries fresh = new RunSeries(node);
    all.add(fresh);
    return fresh;
  }
}

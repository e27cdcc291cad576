package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView;
import java.util.ArrayList;
import java.util.List;

/** Windows of stage 1 that were not sent yet, and how far its partition has come. */
record SourceWindows(Combiner windows, SourceClock clock, int partition, long windowMs)
    implements OpenWindowsView {

  @Override
  public List<WindowRecord> parts(
      String tenant, String environment, SubjectKind kind, String name) {
    List<WindowRecord> parts = new ArrayList<>();
    windows.peek(
        series -> is(series, tenant, environment, kind, name),
        (node, start, totals, correction) ->
            parts.add(totals.toRecord(node.series(), start, start + windowMs)));
    return parts;
  }

  static boolean is(
      Series series, String tenant, String environment, SubjectKind kind, String name) {
    return series.kind() == kind
        && series.name().equals(name)
        && series.tenant().equals(tenant)
        && series.environment().equals(environment);
  }

  @Override
  public List<Progress> progress() {
    return List.of(
        new Progress(
            "source",
            partition,
            partition,
            clock.watermark(),
            clock.arrivedMs(),
            windows.sentUpTo()));
  }
}

package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView;
import java.util.ArrayList;
import java.util.List;

/** Windows of stage 2 that wait for other source partitions, and the watermarks it knows. */
record ClosingWindows(
    SubjectWindows open, WindowBytes bytes, int partition, int sourcePartitions, long windowMs)
    implements OpenWindowsView {

  @Override
  public List<WindowRecord> parts(
      String tenant, String environment, SubjectKind kind, String name) {
    List<WindowRecord> parts = new ArrayList<>();
    open.each(
        (line, start, totals, corrections) -> {
          Series series = Series.of(bytes.series(line.key));
          if (SourceWindows.is(series, tenant, environment, kind, name)) {
            WindowTotals all = new WindowTotals();
            if (totals != null) {
              all.add(totals);
            }
            if (corrections != null) {
              all.add(corrections);
            }
            parts.add(all.toRecord(series, start, start + windowMs));
          }
        });
    return parts;
  }

  @Override
  public List<Progress> progress() {
    List<Progress> progress = new ArrayList<>();
    for (int source = 0; source < open.sources(); source++) {
      long watermark = open.watermark(source);
      boolean join = source >= sourcePartitions;
      progress.add(
          new Progress(
              join ? "join" : "subject",
              partition,
              join ? source - sourcePartitions : source,
              watermark,
              watermark,
              open.closedUpTo()));
    }
    return progress;
  }
}

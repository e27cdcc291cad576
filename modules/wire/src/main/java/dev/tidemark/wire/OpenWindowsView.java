package dev.tidemark.wire;

import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;

/**
 * What the tasks of observe hold in their heap: windows that are not closed, and how far each
 * partition has come. The stores {@link StateStores#OPEN_WINDOWS} and {@link
 * StateStores#OPEN_PARTIALS} can be read so; what they show is provisional and may be taken back by
 * a crash. Thread-safe.
 */
public interface OpenWindowsView {
  /**
   * Parts of open windows of one subject, all its versions; the parts of one series and window,
   * from several tasks, add up.
   */
  List<WindowRecord> parts(String tenant, String environment, SubjectKind kind, String name);

  /** How far the partitions have come that are read here. */
  List<Progress> progress();

  /**
   * How far a task has come. Milliseconds since the epoch; {@link Long#MIN_VALUE} while unknown.
   *
   * @param stage {@code source} for a partition of agent-spans and agent-events, {@code subject}
   *     for what a partition of agent-windows knows of a source partition, {@code join} for what it
   *     knows of a partition of agent-correlations
   * @param partition the partition of that stage; of agent-windows for a join
   * @param sourcePartition the source partition whose watermark it is; of agent-correlations for a
   *     join
   * @param watermarkMs nothing on time comes before it
   * @param arrivedMs arrival of the last record read, or what the clock says of an idle partition
   * @param closedUpToMs windows that end at or before it are closed here
   */
  record Progress(
      String stage,
      int partition,
      int sourcePartition,
      long watermarkMs,
      long arrivedMs,
      long closedUpToMs) {}
}
